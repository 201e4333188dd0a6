// reject: PRO-5 @ 0x8
// why: a place begins inside the pair before
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
// guard: f+8
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
