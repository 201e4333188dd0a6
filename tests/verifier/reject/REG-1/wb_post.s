// reject: REG-1 @ 0x0
// why: write-back changes x15
	str	x0, [x15], #8
