// reject: MEM-1 @ 0xc
// why: the second word changes the low half
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #16
	str	x1, [x0]
	ret
