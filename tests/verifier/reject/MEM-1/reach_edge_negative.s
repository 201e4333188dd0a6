// reject: MEM-1 @ 0xc
// why: a negative offset counts by its size
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0xff, lsl #12
	sub	x1, x1, #0xf00
	ldur	x0, [x1, #-256]
