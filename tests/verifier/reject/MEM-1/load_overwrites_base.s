// reject: MEM-1 @ 0x8
// why: the base was overwritten by what it loaded
	add	x1, x15, w0, uxtw
	ldr	x1, [x1]
	ldr	x2, [x1]
