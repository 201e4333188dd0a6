// reject: INS-1 @ 0x0
// why: opc 1 of the non-temporal pairs
	.inst	0x684001e0
