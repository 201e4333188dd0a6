// SPDX-License-Identifier: GPL-2.0
// No guard above a null test.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x0, 1f
	ldr	w1, [x0, #8]
	ldr	w2, [x0, #12]
	add	w0, w1, w2
1:	ret
	.size	f, . - f
