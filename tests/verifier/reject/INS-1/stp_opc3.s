// reject: INS-1 @ 0x0
// why: opc 3 of the pairs
	.inst	0xe90001e0
