// reject: MEM-1 @ 0x4
// why: atomics are stores
// profile: stores
// entry: f
f:	bti	c
	casp	x2, x3, x4, x5, [x1]
	ret
