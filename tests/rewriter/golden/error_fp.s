// SPDX-License-Identifier: GPL-2.0
// Floating point is an error that names the flag.
	.text
	.globl	f
	.type	f, %function
f:
	fadd	d0, d0, d1
	ret
	.size	f, . - f
