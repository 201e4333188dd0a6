// reject: REG-3 @ 0x0
// why: x18 in two fields of one word
	madd	x0, x18, x1, x18
