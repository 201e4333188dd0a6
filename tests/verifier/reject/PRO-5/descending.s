// reject: PRO-5 @ 0x4
// why: places are not ascending
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+12
// guard: f+4
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
