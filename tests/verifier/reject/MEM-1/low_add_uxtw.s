// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	add	x1, x0, w2, uxtw
	ldr	x2, [x1]
