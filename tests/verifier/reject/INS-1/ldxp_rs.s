// reject: INS-1 @ 0x0
// why: should-be-one bits of ldxp
	.inst	0xc86005e1
