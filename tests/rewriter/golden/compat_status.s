// SPDX-License-Identifier: GPL-2.0
// The status of a store-exclusive is a register that the store does not read.
	.text
	.globl	f
	.type	f, %function
f:
1:
	ldaxr	x10, [x0]
	add	x10, x10, x1
	stlxr	w13, x10, [x0]
	cbnz	w13, 1b
	mov	x0, x10
	ret
	.size	f, . - f
