// reject: INS-1 @ 0x0
// why: op2 of csel has a clear high bit
	.inst	0x9a820820
