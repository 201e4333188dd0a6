// reject: MEM-2 @ 0x28
// why: the word that made it small stands too far before
	add	x1, x15, w1, uxtw
	ldrb	w2, [x15, w0, uxtw]
	nop
	nop
	nop
	nop
	nop
	nop
	nop
	nop
	ldrb	w0, [x1, x2]
	ret
