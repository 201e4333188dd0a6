// reject: MEM-1 @ 0xc
// why: another window
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1235, lsl #32
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
