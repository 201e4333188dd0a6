// accept
// why: the farthest byte ends 1 MiB outside
	add	x1, x15, w1, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xf00
	ldrb	w2, [x15, w0, uxtw]
	ldrb	w0, [x1, x2]
	ret
