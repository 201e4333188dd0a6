// reject: MEM-1 @ 0x0
// why: no fact about the base
	ldapr	x2, [x1]
