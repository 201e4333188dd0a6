// reject: INS-1 @ 0x0
// why: no such size and opc of a load
	.inst	0xb8c001e0
