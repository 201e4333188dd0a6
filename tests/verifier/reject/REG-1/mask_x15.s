// reject: REG-1 @ 0x4
// why: x15 stays the start
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x15, x15, #0xffff
	ret
