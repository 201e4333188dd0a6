// reject: INS-1 @ 0x0
// why: switches the stack pointer
	msr	spsel, #0
