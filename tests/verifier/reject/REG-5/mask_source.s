// reject: REG-5 @ 0x4
// why: the link is an address of kernel code
	str	x30, [x13], #8
	and	w9, w30, #8
