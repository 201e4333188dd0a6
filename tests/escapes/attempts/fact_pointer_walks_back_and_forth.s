// accept
// why: down and up again cancels; every access in between is within reach
// entry: f
f:
	bti	c
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0xff, lsl #12
	ldr	x0, [x1]
	add	x1, x1, #0xff, lsl #12
	ldr	x0, [x1, #8]!
	ldr	x0, [x1], #-8
	ret
