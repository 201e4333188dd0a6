// reject: MEM-2 @ 0x4
// why: nor where the window has 4 GiB: its bands are outside
// profile: mask
// window-len: 0x100000000
// entry: f
f:	bti	c
	ldr	x1, [x15, w0, uxtw]
	ret
