// accept
// why: x15, x14 and a base a little outside are bases as with an immediate
	ldrb	w2, [x15, w0, uxtw]
	ldr	x0, [x15, x2, lsl #3]
	ldr	x0, [x14, x2]
	add	x1, x15, w1, uxtw
	sub	x1, x1, #0x10, lsl #12
	ldrb	w0, [x1, x2]
	ret
