// reject: MEM-2 @ 0x8
// why: a status is not looked at either
	add	x1, x15, w1, uxtw
	stxr	w2, x3, [x1]
	ldrb	w0, [x15, x2]
	ret
