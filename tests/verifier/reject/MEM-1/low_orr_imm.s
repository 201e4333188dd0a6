// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	orr	x1, x0, #0xf0
	ldr	x2, [x1]
