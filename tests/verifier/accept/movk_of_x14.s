// accept
// why: x14 like any register
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x14, #0x1234, lsl #32
	movk	x14, #0xffff, lsl #48
	str	x1, [x14]
	ret
