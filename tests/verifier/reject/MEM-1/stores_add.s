// reject: MEM-1 @ 0x4
// why: atomics are stores
// profile: stores
// entry: f
f:	bti	c
	ldadd	x0, x2, [x1]
	ret
