// reject: MEM-1 @ 0x8
// why: cas writes the old value to the base
	add	x1, x15, w0, uxtw
	cas	x1, x2, [x1]
	str	x3, [x1]
