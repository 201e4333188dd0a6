// reject: FRM-4 @ 0x8
// why: popped already
	str	x19, [x13], #8
	ldr	x19, [x13, #-8]!
	ldr	x19, [x13, #-8]!
