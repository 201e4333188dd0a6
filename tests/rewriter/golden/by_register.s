// SPDX-License-Identifier: GPL-2.0
// SP moved by a register with a known value, as gcc does.
	.text
	.globl	f
	.type	f, %function
f:
	mov	x12, #0x9c50
	sub	sp, sp, x12
	stp	x29, x30, [sp]
	mov	x29, sp
	add	x0, sp, #24
	bl	g
	ldp	x29, x30, [sp]
	mov	x12, #0x9c50
	add	sp, sp, x12
	ret
	.type	g, %function
g:	str	x0, [x0]
	ret
	.size	f, . - f
