// reject: FRM-2 @ 0xc
// why: edges into the trap word need no agreement, so nothing counts as pushed behind it
// label: f [x19]
	str	x19, [x13], #8
	mov	x19, x0
f:
	ldur	xzr, [x15, #-8]
	mov	x19, x0
