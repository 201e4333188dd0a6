// reject: MEM-1 @ 0x0
// why: no fact about the base
	casp	x2, x3, x4, x5, [x1]
