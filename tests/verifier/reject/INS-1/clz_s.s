// reject: INS-1 @ 0x0
// why: S of the one-source group is clear
	.inst	0xfac01020
