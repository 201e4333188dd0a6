// reject: INS-1 @ 0x0
// why: movz w with a shift of 32
	.inst	0x52c00000
