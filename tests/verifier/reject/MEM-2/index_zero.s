// reject: MEM-2 @ 0x0
// why: nothing is written to the zero register, and nothing is said of it
	ldrb	w0, [x15, xzr]
	ret
