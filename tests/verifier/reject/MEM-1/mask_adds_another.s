// reject: MEM-1 @ 0xc
// why: the second word adds what was not masked
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x2
	str	x1, [x0]
	ret
