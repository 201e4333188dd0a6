// SPDX-License-Identifier: GPL-2.0
// More sums at once than scratch registers: those whose value nobody reads any more serve, but x6 does, which is read at the end.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x6, x0
	mov	x7, x0
	ldr	x8, [x0, x1]
	ldr	x12, [x0, x2]
	ldr	x16, [x0, x3]
	ldr	x17, [x0, x4]
	str	x17, [x0, x1]
	str	x16, [x0, x2]
	str	x12, [x0, x3]
	str	x8, [x0, x4]
	mov	x0, x6
	ret
	.size	f, . - f
