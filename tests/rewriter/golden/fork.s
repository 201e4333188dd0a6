// SPDX-License-Identifier: GPL-2.0
// An access follows on both ways: one guard before the fork.
	.text
	.globl	f
	.type	f, %function
f:
	cmp	w1, #3
	b.lt	1f
	ldr	w0, [x0, #8]
	ret
1:	ldr	w0, [x0, #16]
	ret
	.size	f, . - f
