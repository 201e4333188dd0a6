// accept
// why: form Z; atomics and exclusives with a fact
	ldr	x0, [x15, w1, uxtw]
	str	wzr, [x15, w1, uxtw]
	add	x1, x15, w0, uxtw
	casal	x2, x3, [x1]
	ldaddal	x2, x3, [x1]
	ldxr	x2, [x1]
	stxr	w3, x2, [x1]
	stlr	x2, [x1]
	ldr	xzr, [x15, wzr, uxtw]
	ret
