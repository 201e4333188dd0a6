// SPDX-License-Identifier: GPL-2.0
// Saves in an order that is no stack: the function gets pushes and pops of its own.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x19, x0
	bl	g
	mov	x1, x19
	ldp	x29, x30, [sp]
	cbz	x0, 1f
	ldr	x19, [sp, #16]
	add	sp, sp, #32
	ret
1:	ldr	x19, [sp, #16]
	add	sp, sp, #32
	mov	x0, x1
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
