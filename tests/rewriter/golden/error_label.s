// SPDX-License-Identifier: GPL-2.0
// The address of a label is an error.
	.text
	.globl	f
	.type	f, %function
f:
	adrp	x0, 1f
	add	x0, x0, :lo12:1f
1:	ret
	.size	f, . - f
