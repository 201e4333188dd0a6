// reject: MEM-1 @ 0xc
// why: the offset is doubled
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	and	x0, x0, #0xffff
	add	x0, x15, x0, lsl #1
	str	x1, [x0]
	ret
