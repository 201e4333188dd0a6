// SPDX-License-Identifier: GPL-2.0
// Words that make pointers write 32 bits of them, where nobody can tell: all ways lead to an access or are those of null, or the upper
// half is read for addresses alone. A sum of two registers stays as it is where both are inside the window.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	mov	x0, x19
	bl	loaded
	mov	x0, x19
	bl	copied
	mov	x0, x19
	bl	added
	mov	x0, x19
	bl	summed
	mov	x0, x19
	bl	stepped
	ldp	x30, x19, [sp], #16
	ret
	.size	f, .-f

	.globl	loaded
	.type	loaded, %function
loaded:
	// Null has no upper half either.
	ldr	x1, [x0, #8]
	cbz	x1, 1f
	ldr	x0, [x1, #16]
	ret
1:	mov	x0, x1
	ret
	.size	loaded, .-loaded

	.globl	copied
	.type	copied, %function
copied:
	// Nobody reads the upper half of the copy; whose it is, is not known here.
	mov	x12, x1
	tbz	w0, #0, 1f
	ldr	w0, [x12, #8]
	str	w0, [x12, #12]
1:	ret
	.size	copied, .-copied

	.globl	added
	.type	added, %function
added:
	ldp	x1, x2, [x0, #8]
	add	x3, x1, x2, lsl #2
	ldr	w4, [x3, #8]
	add	x12, x1, #24
	csel	x12, x12, x2, lo
	ldr	w0, [x12, #8]
	ldr	w1, [x12, #12]
	add	w0, w0, w1
	add	w0, w0, w4
	ret
	.size	added, .-added

	.globl	summed
	.type	summed, %function
summed:
	// Both have 32 bits: the first because it is accessed, the second as it was.
	ldr	x1, [x0, #8]
	ldr	w2, [x0, #16]
	ldr	w3, [x1, #4]
	ldr	w0, [x1, x2]
	add	w0, w0, w3
	ret
	.size	summed, .-summed

	.globl	stepped
	.type	stepped, %function
stepped:
1:	ldr	w2, [x0, #8]
	add	w1, w1, w2
	ldr	x0, [x0, #16]
	cbnz	x0, 1b
	mov	w0, w1
	ret
	.size	stepped, .-stepped
