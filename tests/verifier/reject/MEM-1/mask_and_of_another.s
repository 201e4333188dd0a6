// reject: MEM-1 @ 0xc
// why: the first word leaves another register masked
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x2, x0, #0xffff
	add	x0, x15, x0
	str	x1, [x0]
	ret
