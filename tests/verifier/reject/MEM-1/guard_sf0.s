// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: the 32-bit form drops the base
	add	w1, w15, w0, uxtw
	ldr	x2, [x1]
