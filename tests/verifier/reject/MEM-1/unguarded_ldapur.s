// reject: MEM-1 @ 0x0
// why: no fact about the base
	ldapur	x2, [x1, #1]
