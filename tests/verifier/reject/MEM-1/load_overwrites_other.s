// reject: MEM-1 @ 0x8
// why: w1 was loaded after its guard
	add	x1, x15, w0, uxtw
	ldr	w1, [x15]
	str	x2, [x1]
