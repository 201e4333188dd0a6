// accept
// why: form Z by the biased base, of every size; it is the window's base until it is made another
// flags: 2
	ldrb	w0, [x9, w1, uxtw]
	ldrh	w0, [x9, w1, uxtw]
	ldr	w0, [x9, w1, uxtw]
	ldr	x0, [x9, w1, uxtw]
	ldrsb	x0, [x9, w1, uxtw]
	ldrsb	w0, [x9, w1, uxtw]
	ldrsh	x0, [x9, w1, uxtw]
	ldrsh	w0, [x9, w1, uxtw]
	ldrsw	x0, [x9, w1, uxtw]
	strb	w0, [x9, w1, uxtw]
	strh	w0, [x9, w1, uxtw]
	str	w0, [x9, w1, uxtw]
	str	x0, [x9, w1, uxtw]
	ldr	x1, [x9, w1, uxtw]
	ret
