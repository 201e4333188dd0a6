// reject: MEM-1 @ 0x0
// why: no fact about the base
	str	x2, [x1, #8]!
