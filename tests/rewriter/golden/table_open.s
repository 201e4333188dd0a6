// SPDX-License-Identifier: GPL-2.0
// No compare before the table, since every value has a case: it ends where the next one begins.
	.text
	.global f
	.type f, %function
f:
	ldrh	w1, [x0]
	adrp	x2, first
	add	x2, x2, :lo12:first
	ldrh	w1, [x2, w1, uxtw #1]
	adr	x3, 1f
	add	x1, x3, w1, sxth #2
	br	x1
1:	adrp	x2, second
	add	x2, x2, :lo12:second
	ldrb	w4, [x0, #2]
	ldrsw	x5, [x2, x4, lsl #2]
	add	x5, x2, x5
	br	x5
2:	mov	w0, #10
	ret
3:	mov	w0, #20
	ret

	.section .rodata, "a"
	.balign	4
first:
	.hword	(1b - 1b) / 4
	.hword	(2b - 1b) / 4
	.hword	(3b - 1b) / 4
	.hword	(f - 1b) / 4
second:
	.word	2b - second
	.word	3b - second
	.word	2b - second
