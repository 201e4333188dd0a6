// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	rev32	x1, x0
	ldr	x2, [x1]
