// reject: INS-1 @ 0x0
// why: Ra of smulh must be ones
	.inst	0x9b420020
