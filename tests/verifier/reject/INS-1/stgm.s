// reject: INS-1 @ 0x0
// why: memory tagging writes tags and makes pointers with them
	stgm	x1, [x15]
