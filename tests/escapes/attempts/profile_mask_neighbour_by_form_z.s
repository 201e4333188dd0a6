// reject: MEM-2 @ 0x4
// why: 32 bits from the start of a window of 64 KiB are the windows of thousands of others
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	ldr	x0, [x15, w0, uxtw]
	ret
