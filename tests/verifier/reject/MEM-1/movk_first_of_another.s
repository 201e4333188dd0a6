// reject: MEM-1 @ 0xc
// why: the first word is about another register
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x2, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
