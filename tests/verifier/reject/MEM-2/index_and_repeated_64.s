// reject: MEM-2 @ 0x4
// why: the mask repeats in the upper half
	and	x2, x0, #0x000000ff000000ff
	ldrb	w0, [x15, x2]
	ret
