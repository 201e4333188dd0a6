// reject: MEM-2 @ 0x0
// why: there is no word before
	ldrb	w0, [x15, x2]
	ret
