// accept
// why: a condition is 0 or 1
	add	x1, x15, w1, uxtw
	cset	w2, eq
	ldr	x0, [x1, x2, lsl #3]
	cset	x2, lo
	str	x0, [x1, x2, lsl #3]
	ret
