// SPDX-License-Identifier: GPL-2.0
// What passes between functions: words write 32 bits of it where the other side reads no upper half, and 64 where somebody beyond may.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	mov	x0, x19
	bl	ignored
	mov	x0, x19
	bl	told
	str	x0, [x19]
	mov	x0, x19
	bl	through
	str	x0, [x19]
	mov	x0, x19
	bl	hands_half
	mov	x0, x19
	bl	hands_whole
	str	x0, [x19]
	ldp	x0, x1, [x19]
	bl	left
	str	x1, [x19]
	ldp	x0, x1, [x19]
	bl	dropped
	mov	x0, x19
	adrp	x8, told_by_pointer
	add	x8, x8, :lo12:told_by_pointer
	blr	x8
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	.globl	ignored
	.type	ignored, %function
ignored:
	// Nobody reads what comes back.
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	ret
	.size	ignored, .-ignored

	.globl	told
	.type	told, %function
told:
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	ret
	.size	told, .-told

	.globl	through
	.type	through, %function
through:
	// Who calls it reads what comes back from where it jumps.
	b	given
	.size	through, .-through

	.globl	given
	.type	given, %function
given:
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	ret
	.size	given, .-given

	.globl	hands_half
	.type	hands_half, %function
hands_half:
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	b	takes_half
	.size	hands_half, .-hands_half

	.globl	takes_half
	.type	takes_half, %function
takes_half:
	add	w0, w0, #1
	ret
	.size	takes_half, .-takes_half

	.globl	hands_whole
	.type	hands_whole, %function
hands_whole:
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	b	takes_whole
	.size	hands_whole, .-hands_whole

	.globl	takes_whole
	.type	takes_whole, %function
takes_whole:
	add	x0, x0, #1
	ret
	.size	takes_whole, .-takes_whole

	.globl	left
	.type	left, %function
left:
	// A caller that knows that x1 is left alone reads it behind the call: no guard stands before the loop.
	mov	w2, wzr
1:	cmp	w2, w0
	b.hs	2f
	ldr	w3, [x1, #4]
	add	w2, w2, w3
	b	1b
2:	ret
	.size	left, .-left

	.globl	dropped
	.type	dropped, %function
dropped:
	mov	w2, wzr
1:	cmp	w2, w0
	b.hs	2f
	ldr	w3, [x1, #4]
	add	w2, w2, w3
	b	1b
2:	ret
	.size	dropped, .-dropped

	.globl	told_by_pointer
	.type	told_by_pointer, %function
told_by_pointer:
	// Who calls by pointers may be the kernel.
	ldr	x1, [x0, #8]
	add	x2, x1, #16
	cbz	x2, 1f
	ldr	w0, [x2, #8]
	ret
1:	mov	x0, x1
	ret
	.size	told_by_pointer, .-told_by_pointer
