// reject: MEM-2 @ 0x4
// why: nor is one with sign
	ldrb	w2, [x15, w0, uxtw]
	ldr	x0, [x15, x2, sxtx #3]
	ret
