// reject: REG-3 @ 0x4
// why: x18 is not read
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x18]
	ret
