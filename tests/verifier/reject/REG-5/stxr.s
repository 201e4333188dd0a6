// reject: REG-5 @ 0x4
// why: the link is an address of kernel code
	str	x30, [x13], #8
	stxr	w0, x30, [x15]
