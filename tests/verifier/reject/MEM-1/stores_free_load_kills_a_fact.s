// reject: MEM-1 @ 0xc
// why: the loaded register had a fact
// profile: stores
// entry: f
f:	bti	c
	add	x2, x15, w2, uxtw
	ldr	x2, [x1]
	str	x0, [x2]
	ret
