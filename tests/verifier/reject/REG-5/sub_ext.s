// reject: REG-5 @ 0x4
// why: the link is an address of kernel code
	str	x30, [x13], #8
	sub	x0, x15, w30, uxtw
