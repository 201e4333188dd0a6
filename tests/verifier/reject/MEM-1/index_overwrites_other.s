// reject: MEM-1 @ 0xc
// why: of any register
	ldrb	w2, [x15, w0, uxtw]
	add	x3, x15, w1, uxtw
	ldr	x3, [x15, x2]
	ldr	x0, [x3]
	ret
