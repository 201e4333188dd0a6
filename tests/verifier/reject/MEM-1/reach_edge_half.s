// reject: MEM-1 @ 0xc
// why: 2 bytes at the last byte of the reach
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xfff
	ldrh	w0, [x1]
