// SPDX-License-Identifier: GPL-2.0
// Sums are made in scratch, once for a read and a write of the same place.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	w3, [x0, w1, sxtw #2]
	add	w3, w3, #1
	str	w3, [x0, w1, sxtw #2]
	ldrb	w4, [x0, x2]
	add	w0, w3, w4
	ret
	.size	f, . - f
