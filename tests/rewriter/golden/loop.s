// SPDX-License-Identifier: GPL-2.0
// One guard before the loop, none inside: the access with write-back makes the fact anew.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x2, #0
1:	ldr	x3, [x0], #8
	add	x2, x2, x3
	subs	x1, x1, #1
	b.ne	1b
	mov	x0, x2
	ret
	.size	f, . - f
