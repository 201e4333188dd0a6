// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	madd	x1, x0, x2, x3
	ldr	x2, [x1]
