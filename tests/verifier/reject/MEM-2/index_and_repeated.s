// reject: MEM-2 @ 0x4
// why: the mask repeats: 0x00ff00ff
	and	w2, w0, #0x00ff00ff
	ldrb	w0, [x15, x2]
	ret
