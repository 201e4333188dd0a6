// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	adds	x1, x0, #8
	ldr	x2, [x1]
