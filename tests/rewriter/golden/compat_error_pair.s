// SPDX-License-Identifier: GPL-2.0
// A pair of a compare-and-swap stands side by side, and is not renamed.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x10, #0
	mov	x11, #0
	casp	x10, x11, x2, x3, [x0]
	ret
	.size	f, . - f
