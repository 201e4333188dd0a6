// reject: MEM-2 @ 0x4
// why: the mask goes around: 0x800000ff
	and	w2, w0, #0x800000ff
	ldrb	w0, [x15, x2]
	ret
