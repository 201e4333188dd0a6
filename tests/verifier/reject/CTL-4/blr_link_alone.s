// reject: CTL-4 @ 0x4
// why: blr x30 without the three words before
	str	x30, [x13], #8
	blr	x30
