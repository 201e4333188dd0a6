// reject: INS-4 @ 0x0
// why: a literal load of a vector makes a kernel address or reads beside the code
	ldr	q0, .
