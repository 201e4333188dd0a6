// reject: INS-1 @ 0x0
// why: shift type 3 of an add is reserved
	.inst	0x8bc20020
