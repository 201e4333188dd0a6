// accept
// why: an image for a system without features
// features: none
	ldxr	x0, [x15]
	stxr	w1, x0, [x15]
	ret
