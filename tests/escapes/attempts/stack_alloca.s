// accept
// why: a frame of any size, guarded
// entry: f
f:
	bti	c
	sub	x12, x14, x0
	add	x14, x15, w12, uxtw
	str	x0, [x14, #64]
	ret
