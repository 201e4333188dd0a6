// reject: MEM-1 @ 0xc
// why: a pair that the table does not name is not filled in
// profile: movk
// window: 0xffff123400000000
// entry: f
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	str	x1, [x0]
	ret
