// SPDX-License-Identifier: GPL-2.0
// gcc keeps a value in a temporary over the call of a function that leaves it alone; so it stays.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	mov	x13, x0
	mov	x12, x1
	bl	g
	add	x0, x0, x13
	add	x0, x0, x12
	ldr	x30, [sp], #16
	ret
	.size	f, . - f
	.type	g, %function
g:	mov	x14, x0
	add	x0, x14, x14, lsl #3
	ret
	.size	g, . - g
