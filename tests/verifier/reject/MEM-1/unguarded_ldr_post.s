// reject: MEM-1 @ 0x0
// why: no fact about the base
	ldr	x2, [x1], #8
