// reject: MEM-1 @ 0x4
// why: a small index of a wild pointer
	ldrb	w2, [x15, w0, uxtw]
	ldrb	w0, [x1, x2]
	ret
