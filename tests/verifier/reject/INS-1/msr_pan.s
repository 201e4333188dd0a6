// reject: INS-1 @ 0x0
// why: lets accesses reach user memory
	msr	pan, #0
