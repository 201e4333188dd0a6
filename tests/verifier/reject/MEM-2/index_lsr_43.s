// reject: MEM-2 @ 0x4
// why: 21 bits are left
	lsr	x2, x0, #43
	ldrb	w0, [x15, x2]
	ret
