// reject: INS-1 @ 0x0
// why: memory tagging writes tags and makes pointers with them
	stgp	x1, x2, [x15]
