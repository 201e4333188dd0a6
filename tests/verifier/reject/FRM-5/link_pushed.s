// reject: FRM-5 @ 0x4
// why: x30 may be another function's link by now
	str	x30, [x13], #8
	ret
