// reject: INS-1 @ 0x0
// why: S of csel is clear
	.inst	0xba820020
