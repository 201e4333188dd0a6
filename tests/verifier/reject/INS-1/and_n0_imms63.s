// reject: INS-1 @ 0x0
// why: N clear and imms all ones: undefined
	.inst	0x9200fc00
