// reject: MEM-1 @ 0x0
// why: no fact about the base
	sturb	w2, [x1, #1]
