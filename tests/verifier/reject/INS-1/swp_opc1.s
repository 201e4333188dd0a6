// reject: INS-1 @ 0x0
// why: opc 1 beside swp
	.inst	0xf82091e0
