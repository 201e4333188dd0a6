// accept
// why: a function that calls itself
// entry: f
// label: g [x30]
f:
	bti	c
	str	x30, [x13], #8
	cbz	x0, g
	sub	x0, x0, #1
	bl	f
g:
	ldr	x30, [x13, #-8]!
	ret
