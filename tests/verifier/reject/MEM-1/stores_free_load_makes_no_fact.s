// reject: MEM-1 @ 0x8
// why: the load may have read anywhere, so its base may be anywhere
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x1]
	str	x0, [x1]
	ret
