// reject: MEM-1 @ 0x8
// why: the middle is whatever it was
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
