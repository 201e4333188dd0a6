// reject: INS-1 @ 0x0
// why: bit 4 of rmif is clear
	.inst	0xba000410
