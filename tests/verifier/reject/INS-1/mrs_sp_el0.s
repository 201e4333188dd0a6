// reject: INS-1 @ 0x0
// why: sp_el0 is the current task
	mrs	x0, sp_el0
