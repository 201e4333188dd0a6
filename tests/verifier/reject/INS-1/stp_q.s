// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	stp	q0, q1, [x15]
