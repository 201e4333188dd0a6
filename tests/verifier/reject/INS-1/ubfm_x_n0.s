// reject: INS-1 @ 0x0
// why: N does not match sf
	.inst	0xd3000020
