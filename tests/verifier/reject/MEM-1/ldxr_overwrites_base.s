// reject: MEM-1 @ 0x8
// why: ldxr into its base
	add	x1, x15, w0, uxtw
	ldxr	x1, [x1]
	str	x3, [x1]
