// SPDX-License-Identifier: GPL-2.0
// Thread-local data is an error.
	.text
	.globl	f
	.type	f, %function
f:
	mrs	x0, TPIDR_EL0
	ret
	.size	f, . - f
