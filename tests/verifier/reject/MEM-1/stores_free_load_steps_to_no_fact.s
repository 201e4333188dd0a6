// reject: MEM-1 @ 0x8
// why: the base that a free load steps is as unknown as before
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x1], #8
	str	x0, [x1]
	ret
