// reject: MEM-1 @ 0x8
// why: orr of two registers is no copy
	add	x1, x15, w0, uxtw
	orr	x2, x3, x1
	ldr	x0, [x2]
