// reject: MEM-1 @ 0x8
// why: ldxp into its base
	add	x1, x15, w0, uxtw
	ldxp	x2, x1, [x1]
	str	x3, [x1]
