// accept
// why: plain loads need no fact about their base, in every addressing of the immediate kind
// profile: stores
// allowed: stores
// entry: f
f:	bti	c
	ldr	x1, [x0]
	ldr	w1, [x0, #16380]
	ldrsb	x1, [x0, #1]
	ldrsh	w1, [x0, #2]
	ldrsw	x1, [x0, #4]
	ldur	x1, [x0, #-256]
	ldursw	x1, [x0, #-4]
	ldr	x1, [x0], #8
	ldrb	w1, [x0, #-1]!
	ldp	x1, x2, [x0, #504]
	ldnp	x1, x2, [x0]
	ldpsw	x1, x2, [x0], #8
	ldp	w1, w2, [x0, #-8]!
	ldr	x0, [x0]
	ldr	xzr, [x12]
	ret
