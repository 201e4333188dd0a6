// SPDX-License-Identifier: GPL-2.0
// A fact in a saved register outlives calls.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
	ldr	x0, [x19, #8]
	bl	g
	ldr	x0, [x19, #16]
	bl	g
	str	x0, [x19, #24]
	ldp	x30, x19, [sp], #16
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
