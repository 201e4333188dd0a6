// accept
// why: the source may be any register
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x3, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
