// reject: INS-1 @ 0x0
// why: should-be-one bits of stlr
	.inst	0xc880fde0
