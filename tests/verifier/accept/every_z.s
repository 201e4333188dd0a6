// accept
// why: form Z of every size
	ldrb	w0, [x15, w1, uxtw]
	ldrh	w0, [x15, w1, uxtw]
	ldr	w0, [x15, w1, uxtw]
	ldr	x0, [x15, w1, uxtw]
	ldrsb	x0, [x15, w1, uxtw]
	ldrsb	w0, [x15, w1, uxtw]
	ldrsh	x0, [x15, w1, uxtw]
	ldrsh	w0, [x15, w1, uxtw]
	ldrsw	x0, [x15, w1, uxtw]
	strb	w0, [x15, w1, uxtw]
	strh	w0, [x15, w1, uxtw]
	str	w0, [x15, w1, uxtw]
	str	x0, [x15, w1, uxtw]
	prfm	pldl1keep, [x15, w1, uxtw]
	prfm	pstl1strm, [x15, w14, uxtw]
	ldr	x1, [x15, w1, uxtw]
	ret
