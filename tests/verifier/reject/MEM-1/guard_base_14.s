// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: the base is not x15
	add	x1, x14, w0, uxtw
	ldr	x2, [x1]
