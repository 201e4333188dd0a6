// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	fadd	d0, d1, d2
