// reject: CTL-5 @ 0x4
// why: the load of the sequence alone reads where the link points
	str	x30, [x13], #8
	ldr	x30, [x30, w9, uxtw]
