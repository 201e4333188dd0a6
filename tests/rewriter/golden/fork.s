// SPDX-License-Identifier: GPL-2.0
// An access follows on both ways: one guard before the fork.
	.text
	.globl	f
	.type	f, %function
f:
	cmp	w1, #3
	b.lt	1f
	ldr	w2, [x0, #8]
	b	2f
1:	ldr	w2, [x0, #16]
2:	mov	w0, w2
	ret
	.size	f, . - f
