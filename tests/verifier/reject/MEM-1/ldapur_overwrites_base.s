// reject: MEM-1 @ 0x8
// why: ldapur into its base
	add	x1, x15, w0, uxtw
	ldapur	x1, [x1, #8]
	str	x3, [x1]
