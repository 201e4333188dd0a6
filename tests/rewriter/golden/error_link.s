// SPDX-License-Identifier: GPL-2.0
// A read of the return address is an error.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x0, x30
	ret
	.size	f, . - f
