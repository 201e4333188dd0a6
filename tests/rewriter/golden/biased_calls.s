// SPDX-License-Identifier: GPL-2.0
// A callee may bias the base for a loop of its own, so a loop with a call guards each node.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x30, x19, [sp, #-16]!
	mov	x19, x0
1:
	ldr	x0, [x19, #16]
	bl	g
	ldr	x19, [x19]
	cbnz	x19, 1b
	ldp	x30, x19, [sp], #16
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
