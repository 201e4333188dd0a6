// reject: MEM-1 @ 0x4
// why: the same for a store
	ldrb	w2, [x15, w0, uxtw]
	str	x0, [x1, x2, lsl #3]
	ret
