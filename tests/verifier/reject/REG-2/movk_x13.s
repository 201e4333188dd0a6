// reject: REG-2 @ 0x4
// why: x13 is what pushes make it
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x13, #0x1234, lsl #32
	movk	x13, #0xffff, lsl #48
	ret
