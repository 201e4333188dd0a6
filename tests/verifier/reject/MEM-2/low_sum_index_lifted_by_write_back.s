// reject: MEM-2 @ 0x10
// why: a step before the access lifts what leans, as one behind it does
// profile: low
	mov	w1, w1
	mov	w2, w2
	sub	x2, x2, #8
	ldr	x0, [x2, #8]!
	ldr	x0, [x1, x2, lsl #3]
