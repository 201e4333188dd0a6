// SPDX-License-Identifier: GPL-2.0
// An access with the rights of user space.
	.text
	.globl	f
	.type	f, %function
f:
	ldtr	x0, [x1]
	ret
	.size	f, . - f
