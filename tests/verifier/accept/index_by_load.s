// accept
// why: a byte or a half that was loaded is small, whatever it was loaded by
	add	x1, x15, w1, uxtw
	ldrb	w2, [x15, w3, uxtw]
	ldr	x0, [x1, x2]
	ldrb	w2, [x1]
	ldr	x0, [x1, x2, lsl #3]
	ldrh	w2, [x1, #6]
	str	x0, [x1, x2, lsl #3]
	ldurb	w2, [x1, #-1]
	strb	w0, [x1, x2]
	ldrb	w2, [x1], #1
	ldrsw	x0, [x1, x2, lsl #2]
	ldrb	w2, [x1, #1]!
	strh	w0, [x1, x2, lsl #1]
	ldrb	w2, [x1, x2]
	ldrsh	x0, [x1, x2, lsl #1]
	ret
