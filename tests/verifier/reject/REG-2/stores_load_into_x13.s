// reject: REG-2 @ 0x4
// why: x13 is what pushes make it
// profile: stores
// entry: f
f:	bti	c
	ldr	x13, [x1]
	ret
