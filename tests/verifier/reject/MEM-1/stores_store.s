// reject: MEM-1 @ 0x4
// why: stores need their facts
// profile: stores
// entry: f
f:	bti	c
	str	x0, [x1]
	ret
