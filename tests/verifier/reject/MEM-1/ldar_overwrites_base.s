// reject: MEM-1 @ 0x8
// why: ldar into its base
	add	x1, x15, w0, uxtw
	ldar	x1, [x1]
	str	x3, [x1]
