// reject: MEM-1 @ 0x8
// why: 16 MiB behind a start of 64 KiB
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, #4095, lsl #12
	str	x1, [x0]
	ret
