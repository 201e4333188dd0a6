// reject: MEM-1 @ 0x10
// why: the base is added a second time: twice a kernel address
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0
	add	x0, x15, x0
	str	x1, [x0]
	ret
