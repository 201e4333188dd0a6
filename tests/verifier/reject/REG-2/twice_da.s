// reject: REG-2 @ 0x0
// why: x13 in two fields of one word
	stp	x13, x13, [x15]
