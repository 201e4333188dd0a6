// reject: MEM-1 @ 0xc
// why: the same by a bit field
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	bfi	x1, x2, #32, #32
	str	x0, [x1]
	ret
