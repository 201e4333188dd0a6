// reject: MEM-2 @ 0x8
// why: elsewhere the sum of two addresses of the kernel is any address
// profile: stores
	add	x1, x15, w0, uxtw
	add	x2, x15, w3, uxtw
	str	x0, [x1, x2]
