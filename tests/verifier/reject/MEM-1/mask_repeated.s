// reject: MEM-1 @ 0xc
// why: the bits again in the upper half
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0x0000ffff0000ffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
