// reject: MEM-1 @ 0xc
// why: the first word writes the register whole by its low half, which clears the upper
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	w0, #0x1234, lsl #16
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
