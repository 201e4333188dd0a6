// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	ld1	{v0.16b}, [x15]
