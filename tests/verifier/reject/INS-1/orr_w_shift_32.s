// reject: INS-1 @ 0x0
// why: a shift of 32 in a 32-bit register
	.inst	0x2a028020
