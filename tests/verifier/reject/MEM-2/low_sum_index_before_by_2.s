// reject: MEM-2 @ 0xc
// why: any shift does
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x2, x2, #1
	ldrh	w0, [x1, x2, lsl #1]
