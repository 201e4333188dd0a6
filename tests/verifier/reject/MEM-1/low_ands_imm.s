// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	ands	x1, x0, #0xff
	ldr	x2, [x1]
