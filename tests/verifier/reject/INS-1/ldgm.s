// reject: INS-1 @ 0x0
// why: memory tagging writes tags and makes pointers with them
	ldgm	x1, [x15]
