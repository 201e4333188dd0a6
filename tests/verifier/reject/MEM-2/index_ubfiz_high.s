// reject: MEM-2 @ 0x4
// why: a byte, but far up
	ubfiz	x2, x0, #24, #8
	ldrb	w0, [x15, x2]
	ret
