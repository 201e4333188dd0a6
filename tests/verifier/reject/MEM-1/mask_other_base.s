// reject: MEM-1 @ 0xc
// why: added to another register
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x14, x0
	str	x1, [x0]
	ret
