// reject: MEM-1 @ 0x10
// why: something stands between
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	nop
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
