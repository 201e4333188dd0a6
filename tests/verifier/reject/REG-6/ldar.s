// reject: REG-6 @ 0x4
// why: what ret goes to is chosen by the extension
	str	x30, [x13], #8
	ldar	x30, [x15]
