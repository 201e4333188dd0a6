// accept
// why: an image that is not bound to a window verifies as it is in its file
// profile: movk
// window: 0
// entry: f
// guard: f+4
f:	bti	c
	movk	x0, #0, lsl #32
	movk	x0, #0, lsl #48
	str	x1, [x0]
	ret
