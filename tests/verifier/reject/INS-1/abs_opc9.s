// reject: INS-1 @ 0x0
// why: opc 9 of the one-source group
	.inst	0xdac02420
