// reject: MEM-2 @ 0x4
// why: a bit more than an index may have
	and	w2, w0, #0x1fffff
	ldrb	w0, [x15, x2]
	ret
