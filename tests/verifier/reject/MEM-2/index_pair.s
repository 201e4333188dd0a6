// reject: MEM-2 @ 0x8
// why: pairs load words
	add	x1, x15, w1, uxtw
	ldp	w2, w3, [x1]
	ldrb	w0, [x15, x2]
	ret
