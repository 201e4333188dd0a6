// reject: FRM-4 @ 0x8
// why: x30 is above x29
	str	x30, [x13], #8
	str	x29, [x13], #8
	ldp	x29, x30, [x13, #-16]!
