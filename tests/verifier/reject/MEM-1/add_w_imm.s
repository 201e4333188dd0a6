// reject: MEM-1 @ 0x8
// why: a 32-bit add makes no fact
	add	x1, x15, w0, uxtw
	add	w2, w1, #8
	ldr	x0, [x2]
