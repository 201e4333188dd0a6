// reject: INS-1 @ 0x0
// why: a widening multiply has sf set
	.inst	0x1b220020
