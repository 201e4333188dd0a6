// reject: MEM-2 @ 0x8
// why: the byte went elsewhere: this is the base that was stepped
	add	x1, x15, w1, uxtw
	ldrb	w2, [x1], #1
	ldrb	w0, [x15, x1]
	ret
