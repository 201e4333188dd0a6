// reject: INS-1 @ 0x0
// why: should-be-one bits of casp
	.inst	0x48203de0
