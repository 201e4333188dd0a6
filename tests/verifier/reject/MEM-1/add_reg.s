// reject: MEM-1 @ 0x8
// why: the sum of two registers may be anywhere
	add	x1, x15, w0, uxtw
	add	x1, x1, x2
	ldr	x0, [x1]
