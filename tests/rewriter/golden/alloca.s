// SPDX-License-Identifier: GPL-2.0
// A frame of variable size: x14 is guarded where it is set.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-16]!
	mov	x29, sp
	add	x8, x0, #15
	and	x8, x8, #0xfffffffffffffff0
	mov	x12, sp
	sub	x0, x12, x8
	mov	sp, x0
	bl	g
	mov	sp, x29
	ldp	x29, x30, [sp], #16
	ret
	.type	g, %function
g:	str	x0, [x0]
	ret
	.size	f, . - f
