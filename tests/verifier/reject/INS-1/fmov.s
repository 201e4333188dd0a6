// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	fmov	d0, x0
