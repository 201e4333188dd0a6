// reject: MEM-1 @ 0x0
// why: no fact about the base
	stp	x2, x3, [x1], #16
