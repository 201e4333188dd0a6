// reject: MEM-1 @ 0x0
// why: no fact about the base
	ldp	x2, x3, [x1]
