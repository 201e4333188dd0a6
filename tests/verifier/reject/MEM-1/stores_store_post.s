// reject: MEM-1 @ 0x4
// why: stores do
// profile: stores
// entry: f
f:	bti	c
	str	x0, [x1], #8
	ret
