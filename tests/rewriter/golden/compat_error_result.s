// SPDX-License-Identifier: GPL-2.0
// A temporary that a callee hands back is no convention that could be followed.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	bl	g
	mov	x0, x12
	ldr	x30, [sp], #16
	ret
	.size	f, . - f
	.type	g, %function
g:	mov	x12, #1
	ret
	.size	g, . - g
