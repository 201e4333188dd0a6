// reject: INS-1 @ 0x0
// why: memory tagging writes tags and makes pointers with them
	subg	x0, x1, #16, #1
