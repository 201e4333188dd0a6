// accept
// why: what is legal in the default is so here
// profile: low
// entry: start
// flags: 2
start:	bti	c
	add	x1, x15, w0, uxtw
	ldr	x0, [x1, #8]
	str	x0, [x15, w0, uxtw]
	prfm	pldl1keep, [x1]
	add	x9, x15, #4095
	ldr	x0, [x9, w1, uxtw]
	ldrb	w2, [x15, w0, uxtw]
	sub	x1, x1, #16
	ldr	x0, [x1, x2, lsl #3]
	ret
