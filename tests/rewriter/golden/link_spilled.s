// SPDX-License-Identifier: GPL-2.0
// x30 holds a value on one of two ways that meet, and is spilled there: no second save of the link, though the other
// way, on which it still is the link, comes first. (gcc -O2, restores in an order that needs pushes of our own.)
	.text
	.globl	f
	.type	f, %function
f:
	stp	x19, x20, [sp, #-48]!
	str	x30, [sp, #16]
	cbz	x0, 1f
	mov	x19, x0
	bl	g
	add	x30, x19, #1
1:
	str	x30, [sp, #32]
	bl	g
	ldr	x1, [sp, #32]
	add	x0, x0, x1
	ldp	x19, x20, [sp]
	mov	x1, x19
	ldr	x30, [sp, #16]
	add	sp, sp, #48
	ret
	.size	f, . - f
	.globl	g
	.type	g, %function
g:
	mov	x0, #3
	ret
	.size	g, . - g
