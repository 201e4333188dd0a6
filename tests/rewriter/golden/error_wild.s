// SPDX-License-Identifier: GPL-2.0
// A call of data.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	bl	data
	ldr	x30, [sp], #16
	ret
	.size	f, . - f

	.data
data:	.word	0
