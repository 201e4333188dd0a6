// SPDX-License-Identifier: GPL-2.0
// A jump table is an error with its own flag.
	.text
	.globl	f
	.type	f, %function
f:
	adr	x9, f
	br	x9
	.size	f, . - f
