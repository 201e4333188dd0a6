// reject: INS-1 @ 0x0
// why: system registers belong to the kernel
	msr	vbar_el1, x0
