// reject: INS-1 @ 0x0
// why: extr w beyond 32 bits
	.inst	0x13828020
