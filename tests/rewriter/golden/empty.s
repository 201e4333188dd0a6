// SPDX-License-Identifier: GPL-2.0
// Two blocks that are branched to have two labels, even if the first has no word left.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x0, 1f
	cbz	x1, 2f
	ldr	w0, [x0]
1:	nop
2:	ldr	w1, [x1, #4]
	ret
	.size	f, . - f
