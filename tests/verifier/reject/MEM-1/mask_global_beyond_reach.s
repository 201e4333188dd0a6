// reject: MEM-1 @ 0x8
// why: beyond the end by more than the reach
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, #272, lsl #12
	str	x1, [x0]
	ret
