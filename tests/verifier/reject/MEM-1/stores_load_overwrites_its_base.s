// reject: MEM-1 @ 0xc
// why: what is loaded may be anything
// profile: stores
// entry: f
f:	bti	c
	add	x1, x15, w1, uxtw
	ldr	x1, [x1]
	str	x0, [x1]
	ret
