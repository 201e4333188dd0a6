// reject: FRM-3 @ 0x4
// why: x19 is pushed already
	str	x19, [x13], #8
	stp	x19, x20, [x13], #16
