// SPDX-License-Identifier: GPL-2.0
// A metered image: checks before ways back, calls, calls by pointer and returns, none before gates and ways forward.
	.text
	.globl	f
	.type	f, %function
f:
	stp	x29, x30, [sp, #-32]!
	str	x19, [sp, #16]
	mov	x19, x1
1:	ldr	x3, [x0], #8
	add	x2, x2, x3
	subs	x1, x1, #1
	b.ne	1b
	cbz	x2, 2f
	bl	g
	blr	x19
	bl	lore_gate_time_now
2:	ldr	x19, [sp, #16]
	ldp	x29, x30, [sp], #32
	b	g
	.size	f, . - f
	.type	g, %function
g:
	sub	sp, sp, #2048
	str	x0, [sp]
1:	ldr	x0, [sp, #8]
	cbnz	x0, 1b
	add	sp, sp, #2048
	ret
	.size	g, . - g
	.type	h, %function
h:
	adrp	x0, h
	add	x0, x0, :lo12:h
	br	x0
	.size	h, . - h
	.data
	.xword	h
