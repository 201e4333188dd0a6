// reject: INS-1 @ 0x0
// why: all zeros: udf
	.inst	0
