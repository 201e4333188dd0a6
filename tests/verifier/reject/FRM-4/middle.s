// reject: FRM-4 @ 0x4
// why: x21 is on top of the pair
	stp	x19, x20, [x13], #16
	ldp	x20, x21, [x13, #-16]!
