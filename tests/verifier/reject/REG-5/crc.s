// reject: REG-5 @ 0x4
// why: the link is an address of kernel code
	str	x30, [x13], #8
	crc32x	w0, w1, x30
