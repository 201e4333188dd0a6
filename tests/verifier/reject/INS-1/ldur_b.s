// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	ldur	b0, [x15]
