// reject: MEM-1 @ 0xc
// why: the sequence is one, in one order
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0xffff, lsl #48
	movk	x0, #0x1234, lsl #32
	str	x1, [x0]
	ret
