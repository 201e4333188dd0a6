// reject: INS-1 @ 0x0
// why: should-be-one bits of ldapr
	.inst	0xf8a0c1e0
