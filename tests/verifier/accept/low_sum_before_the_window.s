// accept
// why: together the two may lie as far before the window as an access may that has no index
// profile: low
// entry: start
start:	bti	c
	mov	w1, w1
	mov	w2, w2
	sub	x1, x1, #0xff, lsl #12
	sub	x1, x1, #0xff0
	ldr	x0, [x1, x2, lsl #3]
	ldr	x0, [x2, x1]
	str	x0, [x2, x1]
	mov	w1, w1
	mov	w2, w2
	sub	x1, x1, #0x80, lsl #12
	sub	x2, x2, #0x80, lsl #12
	str	x0, [x1, x2]
	ldr	x0, [x14, x14]
	ret
