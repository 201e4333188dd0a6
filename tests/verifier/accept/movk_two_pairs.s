// accept
// why: places are ascending; two pairs stand back to back
// profile: movk
// window: 0xffff123400000000
// entry: f
// guard: f+4
// guard: f+12
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	movk	x1, #0, lsl #32
	movk	x1, #0, lsl #48
	ldp	x2, x3, [x0]
	str	x2, [x1]
	ret
