// reject: STK-1 @ 0x8
// why: x14 out of memory is anything
// profile: stores
// entry: f
f:	bti	c
	ldr	x14, [x1]
	ret
