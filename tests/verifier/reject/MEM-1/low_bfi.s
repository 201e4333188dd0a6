// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	bfi	x1, x0, #4, #4
	ldr	x2, [x1]
