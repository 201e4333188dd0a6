// reject: REG-2 @ 0x0
// why: the shadow stack pointer is a kernel address, and moves by pushes and pops only
	ldadd	x13, x0, [x15]
