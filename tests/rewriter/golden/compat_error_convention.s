// SPDX-License-Identifier: GPL-2.0
// gcc's chain of a nested function comes in x18: what nobody has written is no temporary.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x0, [x18, #8]
	ret
	.size	f, . - f
