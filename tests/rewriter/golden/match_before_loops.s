// SPDX-License-Identifier: GPL-2.0
// A guard that compares stops where x8 is no pointer, so it stands in the loop, which may be left before its first access.
	.text
	.globl	f
	.type	f, %function
f:
	ldp	x8, x12, [x0]
	mov	x1, xzr
1:	cmp	w1, w12
	b.hs	2f
	ldp	w2, w3, [x8, #4]
	add	x1, x1, x2
	b	1b
2:	mov	x0, x1
	ret
	.size	f, .-f
