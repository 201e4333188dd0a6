// reject: MEM-1 @ 0x8
// why: the status is written to x1
	add	x1, x15, w0, uxtw
	stlxp	w1, x2, x3, [x15]
	str	x3, [x1]
