// reject: MEM-2 @ 0x4
// why: another register is small
	ldrb	w3, [x15, w0, uxtw]
	ldrb	w0, [x15, x2]
	ret
