// reject: MEM-2 @ 0x4
// why: nor the negative
	csneg	x2, x0, x0, eq
	ldr	x0, [x15, x2]
	ret
