// reject: MEM-1 @ 0x10
// why: a pair makes the window, not more
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	add	x0, x0, #256, lsl #12
	str	x1, [x0]
	ret
