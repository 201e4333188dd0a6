// SPDX-License-Identifier: GPL-2.0
// LLVM's table of bytes, its end told by the compare: the index takes the way of the distance, and compares follow.
	.text
	.global f
	.type f, %function
f:
	sub	w8, w0, #3
	cmp	w8, #5
	b.hi	1f
	adrp	x16, table
	add	x16, x16, :lo12:table
	adr	x17, 2f
	ldrb	w12, [x16, x8]
	add	x17, x17, x12, lsl #2
	br	x17
2:	mov	w0, #10
	ret
3:	mov	w0, #20
	ret
4:	b.eq	2b			// the flags of the compare are still there
	mov	w0, #30
	ret
1:	mov	w0, #0
	ret

	.section .rodata, "a"
table:
	.byte	(2b - 2b) >> 2
	.byte	(3b - 2b) >> 2
	.byte	(3b - 2b) >> 2
	.byte	(4b - 2b) >> 2
	.byte	(2b - 2b) >> 2
	.byte	(1b - 2b) >> 2
	.byte	0xff			// padding, or anything
