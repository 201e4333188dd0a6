// reject: MEM-1 @ 0xc
// why: 8 bytes at 7 bytes before the reach ends
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff9
	ldr	x0, [x1]
