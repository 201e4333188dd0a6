// reject: MEM-1 @ 0x1c
// why: the bound is beyond the reach when added again
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff0
	ldrb	w0, [x1]
	add	x1, x1, #0xff0
	ldrb	w0, [x1]
	add	x1, x1, #0x3fe, lsl #12
	add	x1, x1, #0xff0
	ldrb	w0, [x1]
