// reject: FRM-1 @ 0x8
// why: reads the slot of the link without popping it
// entry: f
f:
	bti	c
	str	x30, [x13], #8
	ldur	x0, [x13, #-8]
	ldr	x30, [x13, #-8]!
	ret
