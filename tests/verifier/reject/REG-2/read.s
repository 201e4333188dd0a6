// reject: REG-2 @ 0x0
// why: the shadow stack pointer is a kernel address, and moves by pushes and pops only
	mov	x0, x13
