// reject: MEM-1 @ 0xc
// why: a pointer is cut to 32 bits, and gets an upper half behind that
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	movk	x1, #0xffff, lsl #48
	str	x0, [x1]
	ret
