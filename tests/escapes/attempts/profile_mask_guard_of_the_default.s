// reject: MEM-1 @ 0x8
// why: the guard of the default puts 32 bits behind the base: 65,536 windows of 64 KiB
// profile: mask
// window-len: 0x10000
// entry: f
f:	bti	c
	add	x0, x15, w0, uxtw
	str	x1, [x0]
	ret
