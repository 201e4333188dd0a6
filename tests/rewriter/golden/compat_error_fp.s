// SPDX-License-Identifier: GPL-2.0
// Floating point stays an error with its own flag.
	.text
	.globl	f
	.type	f, %function
f:
	fmov	d0, x9
	ret
	.size	f, . - f
