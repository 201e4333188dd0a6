// reject: PRO-6 @ 0x4
// why: the code ends behind the first word
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
f:	bti	c
	movk	x0, #0, lsl #32
