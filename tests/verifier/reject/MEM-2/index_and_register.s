// reject: MEM-2 @ 0x4
// why: a mask in a register may be anything
	and	w2, w0, w3
	ldrb	w0, [x15, x2]
	ret
