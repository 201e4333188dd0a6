// reject: INS-1 @ 0x0
// why: should-be-one bits of ldar
	.inst	0xc8dfbde0
