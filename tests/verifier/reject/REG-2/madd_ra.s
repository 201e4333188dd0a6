// reject: REG-2 @ 0x0
// why: the shadow stack pointer is a kernel address, and moves by pushes and pops only
	madd	x0, x1, x2, x13
