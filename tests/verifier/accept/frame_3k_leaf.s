// accept
// why: a frame of 3 KiB without a call costs nothing
// entry: f
f:
	bti	c
	sub	x14, x14, #3072
	str	x0, [x14, #8]
	ldr	x1, [x14, #3000]
	add	x14, x14, #3072
	ret
