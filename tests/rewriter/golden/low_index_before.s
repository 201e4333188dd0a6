// SPDX-License-Identifier: GPL-2.0
// An index that may lie before 0 keeps its sum if it is shifted, since the verifier takes such a one for as far off as its fact is eight
// times over; without a shift, and where it surely does not lie before 0, the access stays as it is.
	.text
	.globl	f
	.type	f, %function
f:
	ldr	x1, [x0, #8]
	ldr	w2, [x0, #16]
	ldr	w3, [x1, #4]
	sub	x12, x2, #1
	ldr	x4, [x1, x12, lsl #3]
	ldrb	w5, [x1, x12]
	ldr	x6, [x1, x2, lsl #3]
	add	x4, x4, x5
	add	x4, x4, x6
	add	x0, x4, x3
	ret
	.size	f, .-f
