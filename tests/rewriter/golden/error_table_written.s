// SPDX-License-Identifier: GPL-2.0
// A table that the program may write is none that can be known.
	.text
	.global f
	.type f, %function
f:
	and	w0, w0, #1
	adrp	x16, table
	add	x16, x16, :lo12:table
	adr	x17, 1f
	ldrb	w1, [x16, x0]
	add	x17, x17, x1, lsl #2
	br	x17
1:	mov	w0, #10
	ret
2:	mov	w0, #20
	ret

	.data
table:
	.byte	(1b - 1b) >> 2
	.byte	(2b - 1b) >> 2
