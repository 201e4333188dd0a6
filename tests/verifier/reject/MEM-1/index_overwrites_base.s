// reject: MEM-1 @ 0xc
// why: the loaded value is a number
	ldrb	w2, [x15, w0, uxtw]
	add	x1, x15, w1, uxtw
	ldr	x1, [x1, x2]
	ldr	x0, [x1]
	ret
