// reject: CTL-2 @ 0x4
// why: a call of the next word
	str	x30, [x13], #8
	bl	.+4
	ret
