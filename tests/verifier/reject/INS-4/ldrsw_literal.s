// reject: INS-4 @ 0x0
// why: a literal load makes a kernel address or reads beside the code
	ldrsw	x0, .
