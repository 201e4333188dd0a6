// SPDX-License-Identifier: GPL-2.0
// A shadow call stack of the object's own, in x18.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [x18], #8
	bl	g
	ldr	x30, [x18, #-8]!
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
