// accept
// why: ends at the shadow stack's unmapped page
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	ret
