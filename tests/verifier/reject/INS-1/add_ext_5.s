// reject: INS-1 @ 0x0
// why: an extended register shifted by 5
	.inst	0x8b225420
