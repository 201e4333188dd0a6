// reject: FRM-4 @ 0x4
// why: x20's slot into x19
	str	x20, [x13], #8
	ldr	x19, [x13, #-8]!
