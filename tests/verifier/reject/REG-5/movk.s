// reject: REG-5 @ 0x4
// why: movk keeps the rest of the link, so it reads it
	str	x30, [x13], #8
	movk	x30, #0
