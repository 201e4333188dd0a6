// reject: MEM-1 @ 0x0
// why: no fact about the base
	strb	w2, [x1]
