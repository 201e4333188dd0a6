// SPDX-License-Identifier: GPL-2.0
// A frame beyond the bound of x14: a guard each way.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	sub	sp, sp, #2, lsl #12
	sub	sp, sp, #16
	add	x0, sp, #8
	bl	g
	add	sp, sp, #2, lsl #12
	add	sp, sp, #16
	ldr	x30, [sp], #16
	ret
	.type	g, %function
g:	str	x0, [x0]
	ret
	.size	f, . - f
