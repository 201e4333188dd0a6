// reject: REG-1 @ 0x4
// why: x15 stays the base
// profile: stores
// entry: f
f:	bti	c
	ldr	x15, [x1]
	ret
