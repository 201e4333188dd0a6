// accept
// why: harmless: the sum of two addresses of the window may lie above it, where in other times the process has its memory; while this code runs, nothing is mapped there
// profile: low
// entry: f
f:	bti	c
	mov	w1, w0
	mov	w2, #-8
	ldr	x0, [x1, x2, lsl #3]
	str	x0, [x1, x2]
	ret
