// SPDX-License-Identifier: GPL-2.0
// The table's address is made before the loop, and kept on the stack and in a register over a call.
	.text
	.global f
	.type f, %function
f:
	stp	x29, x30, [sp, #-48]!
	stp	x19, x20, [sp, #16]
	adrp	x0, table
	add	x0, x0, :lo12:table
	str	x0, [sp, #32]
	adrp	x20, table + 4
	add	x20, x20, :lo12:table + 4
	mov	w19, #100
1:	and	w0, w19, #3
	ldr	x1, [sp, #32]
	ldrb	w0, [x1, w0, uxtw]
	adr	x1, 2f
	add	x0, x1, w0, sxtb #2
	br	x0
2:	bl	g
	ubfx	w1, w19, #1, #1
	adr	x2, 3f
	ldrb	w1, [x20, x1]
	add	x1, x2, x1, lsl #2
	br	x1
3:	sub	w19, w19, #2
4:	subs	w19, w19, #1
	b.pl	1b
	ldp	x19, x20, [sp, #16]
	ldp	x29, x30, [sp], #48
	ret

	.global g
	.type g, %function
g:	ret

	.section .rodata, "a"
table:
	.byte	(2b - 2b) / 4
	.byte	(3b - 2b) / 4
	.byte	(4b - 2b) / 4
	.byte	(4b - 2b) / 4
	.byte	(3b - 3b) / 4
	.byte	(4b - 3b) / 4
