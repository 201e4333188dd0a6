// reject: MEM-1 @ 0xc
// why: the second word is the first again
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0x1234, lsl #32
	str	x1, [x0]
	ret
