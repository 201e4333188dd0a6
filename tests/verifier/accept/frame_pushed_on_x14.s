// accept
// why: a frame by pre-index
// entry: f
f:
	bti	c
	str	x0, [x14, #-16]!
	stp	x0, x1, [x14, #-512]!
	ldr	x0, [x14], #255
	ldp	x0, x1, [x14], #16
	ldr	xzr, [x14]
	ret
