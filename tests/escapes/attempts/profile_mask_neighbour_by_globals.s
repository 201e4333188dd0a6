// reject: MEM-1 @ 0x8
// why: 5 MiB behind a window of 64 KiB and its band begins another
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, #1280, lsl #12
	str	x1, [x0]
	ret
