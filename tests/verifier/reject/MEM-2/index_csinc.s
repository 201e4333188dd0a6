// reject: MEM-2 @ 0x4
// why: the other one may be anything
	csinc	x2, xzr, x0, eq
	ldr	x0, [x15, x2]
	ret
