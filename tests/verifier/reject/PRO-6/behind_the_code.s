// reject: PRO-6 @ 0x400
// why: a place lies in the code
// profile: movk
// window: 0xffff123400000000
// entry: f
// raw-guard: 0x400
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	ret
