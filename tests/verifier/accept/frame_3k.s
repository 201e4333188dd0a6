// accept
// why: a frame of 3 KiB costs an access down and a guard up
// entry: f
// label: g
f:
	bti	c
	str	x30, [x13], #8
	sub	x14, x14, #3072
	str	x0, [x14]
	bl	g
	add	x14, x14, #3072
	add	x14, x15, w14, uxtw
	ldr	x30, [x13, #-8]!
	ret
g:
	ret
