// reject: MEM-1 @ 0x10
// why: the fact is about what the pair left
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0x1234, lsl #32
	movk	x0, #0xffff, lsl #48
	mov	x0, x3
	str	x1, [x0]
	ret
