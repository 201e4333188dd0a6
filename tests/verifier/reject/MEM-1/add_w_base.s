// reject: MEM-1 @ 0x4
// why: a 32-bit add to x15 makes no fact
	add	w2, w15, #8
	ldr	x0, [x2]
