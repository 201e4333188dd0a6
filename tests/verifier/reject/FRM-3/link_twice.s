// reject: FRM-3 @ 0x4
// why: the second push saves another link
	str	x30, [x13], #8
	str	x30, [x13], #8
