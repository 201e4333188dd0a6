// reject: MEM-1 @ 0xc
// why: movz in place of the first word
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movz	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	str	x1, [x0]
	ret
