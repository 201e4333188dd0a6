// reject: INS-1 @ 0x0
// why: no such size and opc of ldapur
	.inst	0x99c001e0
