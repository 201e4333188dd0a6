// reject: MEM-2 @ 0x8
// why: it is written again
	ldrb	w2, [x15, w0, uxtw]
	add	x2, x2, #1
	ldrb	w0, [x15, x2]
	ret
