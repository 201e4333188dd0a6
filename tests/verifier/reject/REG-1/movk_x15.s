// reject: REG-1 @ 0x4
// why: x15 is not written, to what it is neither
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x15, #0x1234, lsl #32
	movk	x15, #0xffff, lsl #48
	ret
