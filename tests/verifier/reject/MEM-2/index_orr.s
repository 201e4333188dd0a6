// reject: MEM-2 @ 0x4
// why: orr takes no bits away
	orr	w2, w0, #0xff
	ldrb	w0, [x15, x2]
	ret
