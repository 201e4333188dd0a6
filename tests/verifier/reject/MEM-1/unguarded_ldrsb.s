// reject: MEM-1 @ 0x0
// why: no fact about the base
	ldrsb	x2, [x1]
