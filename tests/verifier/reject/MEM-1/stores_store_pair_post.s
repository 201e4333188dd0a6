// reject: MEM-1 @ 0x4
// why: stores do
// profile: stores
// entry: f
f:	bti	c
	stp	x0, x2, [x1], #16
	ret
