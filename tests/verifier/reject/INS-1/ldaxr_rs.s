// reject: INS-1 @ 0x0
// why: should-be-one bits of ldaxr
	.inst	0xc847fde0
