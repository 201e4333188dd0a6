// accept
// why:  pairs, large offsets, a zero destination
	add	x1, x15, w1, uxtw
	ldp	x2, x3, [x1, #-512]
	ldr	xzr, [x1, #4088]
	str	w2, [x1]
	ret
