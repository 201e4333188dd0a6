// reject: MEM-1 @ 0x0
// why: no fact about the base
	stxp	w2, x3, x4, [x1]
