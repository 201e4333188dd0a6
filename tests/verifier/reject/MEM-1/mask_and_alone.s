// reject: MEM-1 @ 0x8
// why: a small number is no address of the window
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	str	x1, [x0]
	ret
