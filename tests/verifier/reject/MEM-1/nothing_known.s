// reject: MEM-1 @ 0x0
// why: no fact about x0 at all
	ldr	x1, [x0]
