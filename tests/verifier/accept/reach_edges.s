// accept
// why: the last accesses within reach
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff8
	ldr	x0, [x1]
	add	x2, x15, w0, uxtw
	sub	x2, x2, #0xff, lsl #12
	sub	x2, x2, #0xf00
	sub	x2, x2, #0x48
	ldur	x0, [x2, #-176]
	add	x3, x15, w0, uxtw
	add	x3, x3, #0xff, lsl #12
	add	x3, x3, #0xfff
	ldrb	w0, [x3]
	ldrb	w0, [x3]
	ret
