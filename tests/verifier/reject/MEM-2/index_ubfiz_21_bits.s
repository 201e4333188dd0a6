// reject: MEM-2 @ 0x4
// why: its highest bit is one too high
	ubfiz	x2, x0, #5, #16
	ldrb	w0, [x15, x2]
	ret
