// accept
// why: a frame of 1.5 KiB costs no guard
// entry: f
// label: g
f:
	bti	c
	str	x30, [x13], #8
	sub	x14, x14, #1536
	str	x0, [x14]
	bl	g
	ldr	x0, [x14, #512]
	add	x14, x14, #1536
	ldr	x30, [x13, #-8]!
	ret
g:
	ret
