// reject: INS-1 @ 0x0
// why: the vector unit holds the state of a user task
	ldr	d0, [x15, #8]
