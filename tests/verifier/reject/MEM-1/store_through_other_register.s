// reject: MEM-1 @ 0x4
// why: the fact is about x4, the store uses x3
	add	x4, x15, w3, uxtw
	str	x0, [x3, #8]
