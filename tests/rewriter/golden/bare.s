// SPDX-License-Identifier: GPL-2.0
// A frame that holds nothing but saves is gone.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x29, sp
	mov	x19, x0
	bl	g
	str	x0, [x19]
	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
