// reject: MEM-1 @ 0xc
// why: 16 bytes at 15 bytes before the reach ends
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff1
	ldxp	x2, x3, [x1]
