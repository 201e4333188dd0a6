// reject: MEM-1 @ 0xc
// why: the form with flags is not the profile's
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	adds	x0, x15, x0
	str	x1, [x0]
	ret
