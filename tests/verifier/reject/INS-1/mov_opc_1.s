// reject: INS-1 @ 0x0
// why: opc 1 of the move-wide group
	.inst	0xb2800000
