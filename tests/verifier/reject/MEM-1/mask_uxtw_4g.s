// reject: MEM-1 @ 0x8
// why: nor is it one in a window of 4 GiB: the profile has its own
// profile: mask
// window-len: 0x100000000
// entry: f
f:	bti	c
	add	x0, x15, w0, uxtw
	str	x1, [x0]
	ret
