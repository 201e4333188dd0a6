// reject: MEM-1 @ 0x8
// why: the top half is whatever it was
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	str	x1, [x0]
	ret
