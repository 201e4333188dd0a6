// reject: MEM-1 @ 0xc
// why: the mask is of the size that the image says, not of one that the code says
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
