// reject: INS-1 @ 0x0
// why: should-be-one bits of stxr
	.inst	0xc8021de1
