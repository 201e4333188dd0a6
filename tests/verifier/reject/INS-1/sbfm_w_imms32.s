// reject: INS-1 @ 0x0
// why: imms beyond 32 bits
	.inst	0x13008020
