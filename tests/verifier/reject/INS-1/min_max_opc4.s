// reject: INS-1 @ 0x0
// why: opc 4 of the min and max group
	.inst	0x91d00020
