// reject: MEM-1 @ 0x8
// why: the status is written to x1
	add	x1, x15, w0, uxtw
	stxr	w1, x2, [x15]
	str	x3, [x1]
