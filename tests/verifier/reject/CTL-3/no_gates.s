// reject: CTL-3 @ 0x4
// why: an image without imports has no gate slots
	str	x30, [x13], #8
	bl	gate0
