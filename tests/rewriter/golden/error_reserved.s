// SPDX-License-Identifier: GPL-2.0
// A reserved register is an error that names the flag.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x14, x0
	ret
	.size	f, . - f
