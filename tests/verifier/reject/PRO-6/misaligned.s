// reject: PRO-6 @ 0x6
// why: a place is a word
// profile: movk
// window: 0xffff123400000000
// entry: f
// raw-guard: 6
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
