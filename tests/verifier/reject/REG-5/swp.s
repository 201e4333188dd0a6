// reject: REG-5 @ 0x4
// why: the link is an address of kernel code
	str	x30, [x13], #8
	swp	x30, x0, [x15]
