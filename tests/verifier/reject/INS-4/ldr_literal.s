// reject: INS-4 @ 0x0
// why: a literal load makes a kernel address or reads beside the code
	ldr	x0, .
