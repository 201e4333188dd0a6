// reject: MEM-1 @ 0x4
// why: what is written has 64 bits
// profile: low
	smaddl	x1, w0, w2, x3
	ldr	x2, [x1]
