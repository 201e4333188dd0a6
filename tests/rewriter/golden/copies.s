// SPDX-License-Identifier: GPL-2.0
// A fact follows copies and constant steps, and one guard before a copy serves both registers.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x2, x0
	ldr	w3, [x0, #4]
	ldr	w4, [x2, #8]
	add	x5, x2, #32
	stp	w3, w4, [x5]
	ldr	w0, [x5, #8]
	ret
	.size	f, . - f
