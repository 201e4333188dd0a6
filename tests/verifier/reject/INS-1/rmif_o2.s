// reject: INS-1 @ 0x0
// why: bits of rmif that are fixed
	.inst	0xba002400
