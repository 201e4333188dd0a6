// reject: MEM-2 @ 0x4
// why: what is inserted into keeps the rest
	bfi	x2, x0, #0, #8
	ldrb	w0, [x15, x2]
	ret
