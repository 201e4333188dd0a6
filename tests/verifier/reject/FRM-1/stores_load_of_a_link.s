// reject: FRM-1 @ 0x4
// why: the shadow stack is touched by pushes and pops only
// profile: stores
// entry: f
f:	bti	c
	ldr	x0, [x13, #-8]
	ret
