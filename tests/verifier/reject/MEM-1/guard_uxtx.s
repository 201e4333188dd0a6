// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: all 64 bits of the index
	add	x1, x15, x0, uxtx
	ldr	x2, [x1]
