// SPDX-License-Identifier: GPL-2.0
// x30 as a general register is x11.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	bl	g
	ldr	x30, [x0, #24]
	mul	x30, x30, x0
	str	x30, [x0, #32]
	add	x0, x30, #1
	ldr	x30, [sp], #16
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
