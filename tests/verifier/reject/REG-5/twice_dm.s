// reject: REG-5 @ 0x4
// why: the link in two fields of one word
	str	x30, [x13], #8
	cas	x0, x30, [x30]
