// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	umov	x0, v0.d[0]
