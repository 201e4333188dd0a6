// reject: FRM-4 @ 0x4
// why: the pair crosses the function's own bottom
	str	x20, [x13], #8
	ldp	x19, x20, [x13, #-16]!
