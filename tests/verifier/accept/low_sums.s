// accept
// why: two registers in the window are an address in it or behind it, where nothing is mapped
// profile: low
// entry: start
start:	bti	c
	mov	w1, w1
	mov	w2, w2
	ldr	x0, [x1, x2]
	ldr	x0, [x1, x2, lsl #3]
	str	x0, [x1, x2]
	str	x0, [x1, x2, lsl #3]
	ldrb	w0, [x1, x2]
	strh	w0, [x1, x2, lsl #1]
	ldrsw	x0, [x2, x1, lsl #2]
	ldrsb	x0, [x2, x2]
	ldr	x0, [x15, x2]
	ldr	x0, [x15, x2, lsl #3]
	ldr	x0, [x1, x15]
	str	x0, [x14, x2, lsl #3]
	ldr	x2, [x1, x2]
	ret
