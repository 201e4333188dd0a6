// SPDX-License-Identifier: GPL-2.0
// A jump table is an error that names the flag.
	.text
	.globl	f
	.type	f, %function
f:
	adr	x1, 1f
	add	x1, x1, w0, uxtw #2
	br	x1
1:	ret
	.size	f, . - f
