// reject: MEM-2 @ 0x4
// why: 32 bits reach over the end of a smaller window
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	str	x1, [x15, w0, uxtw]
	ret
