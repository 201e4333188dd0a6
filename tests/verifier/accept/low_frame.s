// accept
// why: a frame, with x14 made of 32 bits, too
// profile: low
// entry: start
// label: f
start:	bti	c
	str	x30, [x13], #8
	sub	x14, x14, #64
	str	x0, [x14, #8]
	bl	f
	ldr	x0, [x14, #8]
	add	x14, x14, #64
	mov	w14, w14
	ldr	x30, [x13, #-8]!
	ret
f:	sub	x14, x14, #3072
	str	xzr, [x14]
	add	x14, x14, #3072
	ret
