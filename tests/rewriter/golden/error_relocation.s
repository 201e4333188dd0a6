// SPDX-License-Identifier: GPL-2.0
// A distance from the code to data, which lies elsewhere in the image.
	.text
	.globl	f
	.type	f, %function
f:
	adr	x0, data
	ret
	.size	f, . - f

	.data
data:	.xword	0
