// reject: PRO-6 @ 0x8
// why: the place is the pair's second word
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+8
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
