// accept
// why: the farthest byte of a half ends 1 MiB outside; one bit is a bit field, too
	add	x1, x15, w1, uxtw
	add	x1, x1, #0xf0, lsl #12
	ldrh	w2, [x15, w0, uxtw]
	ldrb	w0, [x1, x2]
	ubfx	x2, x0, #3, #1
	ldrb	w0, [x1, x2]
	ret
