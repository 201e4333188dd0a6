// reject: MEM-1 @ 0x4
// why: exclusive loads count as stores
// profile: stores
// entry: f
f:	bti	c
	ldxr	x0, [x1]
	ret
