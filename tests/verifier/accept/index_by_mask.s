// accept
// why: masks and bit fields of at most 20 bits
	add	x1, x15, w1, uxtw
	and	w2, w0, #0xff
	ldrb	w0, [x1, x2]
	and	x2, x0, #0xfffff
	ldrb	w0, [x1, x2]
	and	w2, w0, #0xff0
	ldrb	w0, [x1, x2]
	ands	x2, x0, #0x3f
	ldrb	w0, [x1, x2]
	ubfx	x2, x0, #3, #20
	ldrb	w0, [x1, x2]
	lsr	w2, w0, #12
	ldrb	w0, [x1, x2]
	lsr	x2, x0, #44
	ldrb	w0, [x1, x2]
	ubfiz	x2, x0, #4, #16
	ldrb	w0, [x1, x2]
	uxtb	w2, w0
	ldrb	w0, [x1, x2]
	uxth	w2, w0
	ldrb	w0, [x1, x2]
	ret
