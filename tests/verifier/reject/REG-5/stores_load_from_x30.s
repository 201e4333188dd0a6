// reject: REG-5 @ 0x4
// why: the link is no base
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x30]
	ret
