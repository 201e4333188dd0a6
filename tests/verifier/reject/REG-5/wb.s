// reject: REG-5 @ 0x4
// why: write-back to the link
	str	x30, [x13], #8
	ldr	x0, [x30], #8
