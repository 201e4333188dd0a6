// SPDX-License-Identifier: GPL-2.0
// x30 has a value on one way only, and the compiler knows that the other is not taken.
	.text
	.globl	f
	.type	f, %function
f:
	str	x30, [sp, #-16]!
	mov	x2, x0
	cbnz	x1, 1f
	bl	g
	b	2f
1:	ldr	x30, [x2, #8]
2:	cbz	x1, 3f
	add	x0, x30, #1
3:	ldr	x30, [sp], #16
	ret
	.type	g, %function
g:	ret
	.size	f, . - f
