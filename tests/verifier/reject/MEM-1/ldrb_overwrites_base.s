// reject: MEM-1 @ 0x8
// why: ldrb into its base
	add	x1, x15, w0, uxtw
	ldrb	w1, [x1]
	str	x3, [x1]
