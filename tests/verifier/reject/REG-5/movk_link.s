// reject: REG-5 @ 0x4
// why: x30 is the link
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x30, #0x1234, lsl #32
	movk	x30, #0xffff, lsl #48
	ret
