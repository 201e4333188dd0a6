// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	subs	x1, x0, x2
	ldr	x2, [x1]
