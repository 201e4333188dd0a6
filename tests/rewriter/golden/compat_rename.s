// SPDX-License-Identifier: GPL-2.0
// Stolen registers become others that are free; x9 is taken in metered images only.
	.text
	.globl	f
	.type	f, %function
f:
	add	x9, x0, #1
	add	x10, x0, x9
	ldr	x13, [x10, #8]
	str	x13, [x10, #16]
	eor	x14, x13, x9
	mov	x15, x14
	mul	x18, x15, x14
	add	x0, x18, x13
	ret
	.size	f, . - f
