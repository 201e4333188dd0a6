// reject: REG-2 @ 0x0
// why: the shadow stack pointer is a kernel address, and moves by pushes and pops only
	str	x13, [x15, w0, uxtw]
