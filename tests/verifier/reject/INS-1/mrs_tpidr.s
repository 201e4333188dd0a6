// reject: INS-1 @ 0x0
// why: tpidr_el1 holds a kernel address
	mrs	x0, tpidr_el1
