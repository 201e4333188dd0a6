// reject: FRM-1 @ 0x4
// why: the shadow stack is touched by pushes and pops only
// profile: stores
// entry: f
f:	bti	c
	ldp	x0, x1, [x13, #-16]
	ret
