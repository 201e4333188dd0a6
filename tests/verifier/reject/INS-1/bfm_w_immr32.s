// reject: INS-1 @ 0x0
// why: immr beyond 32 bits
	.inst	0x33200020
