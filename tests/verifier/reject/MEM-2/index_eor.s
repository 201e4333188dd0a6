// reject: MEM-2 @ 0x4
// why: eor takes no bits away
	eor	w2, w0, #0xff
	ldrb	w0, [x15, x2]
	ret
