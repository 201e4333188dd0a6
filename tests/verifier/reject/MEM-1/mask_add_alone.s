// reject: MEM-1 @ 0x8
// why: whatever it was, and the start
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, x0
	str	x1, [x0]
	ret
