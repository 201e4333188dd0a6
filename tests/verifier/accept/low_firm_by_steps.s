// accept
// why: steps up from the start of the window and back to it lean on nothing
// profile: low
// entry: start
start:	bti	c
	mov	w1, w1
	mov	w2, w2
	add	x2, x2, #16
	ldr	x0, [x2, #8]
	sub	x2, x2, #16
	ldr	x0, [x1, x2, lsl #3]
	mov	x3, x2
	ldr	x0, [x1, x3, lsl #3]
	add	x3, x15, #1, lsl #12
	ldr	x0, [x1, x3, lsl #3]
	add	x3, x15, w0, uxtw
	ldr	x0, [x1, x3, lsl #3]
	ret
