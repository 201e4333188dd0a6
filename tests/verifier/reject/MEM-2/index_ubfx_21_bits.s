// reject: MEM-2 @ 0x4
// why: a bit field with a bit too many
	ubfx	x2, x0, #3, #21
	ldrb	w0, [x15, x2]
	ret
