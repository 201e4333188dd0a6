// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	cset	x1, eq
	ldr	x2, [x1]
