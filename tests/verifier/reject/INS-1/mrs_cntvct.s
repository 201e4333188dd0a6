// reject: INS-1 @ 0x0
// why: system registers belong to the kernel
	mrs	x0, cntvct_el0
