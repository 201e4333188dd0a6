// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: the index is shifted out of the window
	add	x1, x15, w0, uxtw #2
	ldr	x2, [x1]
