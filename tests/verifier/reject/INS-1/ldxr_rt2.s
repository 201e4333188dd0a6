// reject: INS-1 @ 0x0
// why: should-be-one bits of ldxr
	.inst	0xc85f3de0
