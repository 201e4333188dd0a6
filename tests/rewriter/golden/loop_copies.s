// SPDX-License-Identifier: GPL-2.0
// Every turn of a loop walks through a copy of the same pointer: one guard before the loop serves all turns. A pointer that
// the loop changes, or that not every turn uses, is left to its access.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x5, x3
1:	mov	x4, x1
	ldr	w2, [x4, #8]!
	add	w0, w0, w2
	mov	x6, x5
	ldr	w2, [x6, #8]!
	add	x5, x5, x2
	cbz	w2, 2f
	mov	x7, x3
	ldr	w2, [x7, #8]!
2:	subs	w0, w0, #1
	b.ne	1b
	ret
	.size	f, . - f
