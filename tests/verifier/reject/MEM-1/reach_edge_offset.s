// reject: MEM-1 @ 0xc
// why: the offset counts: 32760 and 8 bytes more
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xf8, lsl #12
	add	x1, x1, #1
	ldr	x0, [x1, #32760]
