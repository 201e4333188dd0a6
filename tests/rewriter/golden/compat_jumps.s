// SPDX-License-Identifier: GPL-2.0
// A call and a tail call by stolen registers.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	ldp	x10, x19, [x0]
	cbz	x10, 1f
	blr	x10
1:
	mov	x18, x19
	ldp	x30, x19, [sp], #16
	br	x18
	.size	f, . - f
