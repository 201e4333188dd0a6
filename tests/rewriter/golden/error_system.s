// SPDX-License-Identifier: GPL-2.0
// System registers are not read.
	.text
	.globl	f
	.type	f, %function
f:
	mrs	x0, TPIDR_EL0
	ret
	.size	f, . - f
