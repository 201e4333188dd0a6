// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	sxtb	x1, w0
	ldr	x2, [x1]
