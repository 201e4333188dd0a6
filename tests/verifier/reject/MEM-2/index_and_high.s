// reject: MEM-2 @ 0x4
// why: a byte, but far up
	and	w2, w0, #0xff000000
	ldrb	w0, [x15, x2]
	ret
