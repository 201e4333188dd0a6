// reject: PRO-6 @ 0x4
// why: the table of places would write over words that are no pair
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
f:	bti	c
	str	x1, [x0]
	movk	x0, #0, lsl #48
	ret
