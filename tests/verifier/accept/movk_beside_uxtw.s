// accept
// why: the forms of the default are there too
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	add	x0, x15, w0, uxtw
	ldr	x1, [x0]
	ldr	x2, [x15, w1, uxtw]
	ret
