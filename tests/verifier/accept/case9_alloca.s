// accept
// why: a guard on x14
	sub	x12, x14, x0
	add	x14, x15, w12, uxtw
	str	x0, [x14]
	ret
