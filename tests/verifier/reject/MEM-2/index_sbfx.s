// reject: MEM-2 @ 0x4
// why: a signed field may be negative
	sbfx	x2, x0, #0, #8
	ldrb	w0, [x15, x2]
	ret
