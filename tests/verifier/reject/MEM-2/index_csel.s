// reject: MEM-2 @ 0x4
// why: either may be anything
	csel	x2, x0, xzr, eq
	ldr	x0, [x15, x2]
	ret
