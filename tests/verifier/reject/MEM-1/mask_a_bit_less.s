// reject: MEM-1 @ 0xc
// why: half the size is not the profile's mask
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0x7fff
	add	x0, x15, x0
	str	x1, [x0]
	ret
