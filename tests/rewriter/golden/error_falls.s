// SPDX-License-Identifier: GPL-2.0
// Control runs off the end.
	.text
	.globl	f
	.type	f, %function
f:
	cbz	x0, 1f
	ret
1:	mov	x0, #1
	.size	f, . - f
