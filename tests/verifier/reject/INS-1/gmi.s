// reject: INS-1 @ 0x0
// why: memory tagging writes tags and makes pointers with them
	gmi	x0, x1, x2
