// reject: REG-2 @ 0x0
// why: the shadow stack pointer is a kernel address, and moves by pushes and pops only
	cmp	x13, x0
