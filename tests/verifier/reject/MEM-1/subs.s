// reject: MEM-1 @ 0x8
// why: subs makes no fact
	add	x1, x15, w0, uxtw
	subs	x2, x1, #8
	ldr	x0, [x2]
