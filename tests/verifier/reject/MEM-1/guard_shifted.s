// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: the shifted form takes all 64 bits
	add	x1, x15, x0
	ldr	x2, [x1]
