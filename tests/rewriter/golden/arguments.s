// SPDX-License-Identifier: GPL-2.0
// What is known of an argument at every call, the function's label claims, and it has no guard of its own. A call that
// knows nothing has the guard instead, where the function surely accesses memory through the argument; where it may
// not, and in a function whose address is taken, nothing is claimed.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-32]!
	stp	x19, x20, [sp, #16]
	mov	x20, x1
	mov	x19, x0
	ldr	w2, [x19, #8]
	mov	x0, x19
	bl	known
	add	x0, x19, #24
	mov	x1, x20
	bl	known
	mov	x0, x19
	bl	mixed
	mov	x0, x20
	bl	mixed
	mov	x0, x19
	bl	tested
	mov	x0, x19
	bl	doubtful
	mov	x0, x20
	bl	doubtful
	mov	x0, x19
	bl	taken
	adrp	x0, taken
	add	x0, x0, :lo12:taken
	mov	x1, x19
	bl	again
	mov	x0, x19
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #32
	b	known
	.size	f, . - f

	.type	known, %function
known:
	ldr	w2, [x0, #4]
	str	w2, [x0, #8]
	ret
	.size	known, . - known

	.type	mixed, %function
mixed:
	ldr	w2, [x0, #4]
	cbz	w2, 1f
	str	w2, [x0, #8]
1:	ret
	.size	mixed, . - mixed

	.type	tested, %function
tested:
	cbz	x0, 1f
	ldr	w2, [x0, #4]
1:	ret
	.size	tested, . - tested

	.type	doubtful, %function
doubtful:
	cbz	x0, 1f
	ldr	w2, [x0, #4]
1:	ret
	.size	doubtful, . - doubtful

	.type	taken, %function
taken:
	ldr	w2, [x0, #4]
	ret
	.size	taken, . - taken

	.type	again, %function
again:
	stp	x29, x30, [sp, #-16]!
	ldr	w2, [x1, #4]
	cbz	w2, 1f
	add	x1, x1, #16
	bl	again
1:	ldp	x29, x30, [sp], #16
	ret
	.size	again, . - again
