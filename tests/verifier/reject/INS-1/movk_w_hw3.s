// reject: INS-1 @ 0x0
// why: movk w with a shift of 48
	.inst	0x72e00000
