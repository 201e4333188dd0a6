// reject: REG-6 @ 0x4
// why: the link is what calls and pops make it
// profile: stores
// entry: f
f:	bti	c
	ldr	x30, [x1]
	ret
