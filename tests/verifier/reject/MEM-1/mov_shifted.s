// reject: MEM-1 @ 0x8
// why: a shifted move is no copy
	add	x1, x15, w0, uxtw
	orr	x2, xzr, x1, lsl #1
	ldr	x0, [x2]
