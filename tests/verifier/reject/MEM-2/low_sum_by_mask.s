// reject: MEM-2 @ 0x10
// why: elsewhere the sum of two addresses of the kernel is any address
// profile: mask
// window-len: 0x10000
	and	x1, x0, #0xffff
	add	x1, x15, x1
	and	x2, x3, #0xffff
	add	x2, x15, x2
	str	x0, [x1, x2]
