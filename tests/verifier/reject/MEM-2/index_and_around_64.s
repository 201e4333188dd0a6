// reject: MEM-2 @ 0x4
// why: the mask goes around the whole register
	and	x2, x0, #0x80000000000000ff
	ldrb	w0, [x15, x2]
	ret
