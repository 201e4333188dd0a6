// reject: REG-4 @ 0x0
// why: SP is the kernel's stack; an interrupt pushes there
	cmp	sp, x0
