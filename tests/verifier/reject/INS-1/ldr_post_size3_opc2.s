// reject: INS-1 @ 0x0
// why: no such size and opc of a load
	.inst	0xf8808420
