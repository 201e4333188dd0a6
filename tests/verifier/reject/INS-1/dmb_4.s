// reject: INS-1 @ 0x0
// why: a barrier or hint that is not exactly one on the list
	.inst	0xd50334bf
