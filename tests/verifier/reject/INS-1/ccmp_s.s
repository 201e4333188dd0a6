// reject: INS-1 @ 0x0
// why: S of ccmp is set
	.inst	0xda420000
