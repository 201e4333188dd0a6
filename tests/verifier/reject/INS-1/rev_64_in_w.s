// reject: INS-1 @ 0x0
// why: rev of 64 bits in a w register
	.inst	0x5ac00c20
