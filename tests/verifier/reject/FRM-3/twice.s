// reject: FRM-3 @ 0x4
// why: the second push saves the function's own value
	str	x19, [x13], #8
	str	x19, [x13], #8
