// accept
// why: the pair is filled in for the window, and then makes a fact
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	stp	x1, x2, [x0]
	ret
