// reject: REG-5 @ 0x0
// why: the extended operand of a comparison is read, and its flags tell where the kernel's code lies
	cmp	x1, w30, uxtw
