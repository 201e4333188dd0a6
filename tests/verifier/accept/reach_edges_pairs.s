// accept
// why: the last pairs within reach, of four bytes each and of eight
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff0
	ldxp	x2, x3, [x1]
	ldp	x2, x3, [x1]
	casp	x2, x3, x4, x5, [x1]
	add	x1, x1, #8
	ldxp	w2, w3, [x1]
	stxp	w4, w2, w3, [x1]
	ldp	w2, w3, [x1]
	casp	w2, w3, w4, w5, [x1]
	ldpsw	x2, x3, [x1]
	ret
