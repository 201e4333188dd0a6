// reject: MEM-1 @ 0x0
// why: no fact about the base
	stxr	w2, x3, [x1]
