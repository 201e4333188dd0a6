// reject: MEM-1 @ 0x4
// why: exclusive loads count as stores
// profile: stores
// entry: f
f:	bti	c
	ldxp	x0, x2, [x1]
	ret
