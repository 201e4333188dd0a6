// reject: INS-1 @ 0x0
// why: should-be-one bits of cas
	.inst	0xc8a13de0
