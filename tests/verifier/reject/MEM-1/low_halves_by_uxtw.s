// reject: MEM-1 @ 0x4
// why: elsewhere 32 bits are an offset, no address
// profile: uxtw
	ldr	w1, [x15, w0, uxtw]
	str	x0, [x1]
