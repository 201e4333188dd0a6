// reject: MEM-1 @ 0x14
// why: what was touched says nothing about the base
	add	x1, x15, w1, uxtw
	add	x1, x1, #0xff, lsl #12
	ldrb	w2, [x15, w0, uxtw]
	ldrb	w0, [x1, x2]
	add	x1, x1, #0xfff
	ldrb	w0, [x1, #1]
	ret
