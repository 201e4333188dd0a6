// reject: REG-5 @ 0x4
// why: cas compares with the link before it overwrites it
	str	x30, [x13], #8
	cas	x30, x0, [x15]
