// reject: REG-3 @ 0x0
// why: x18 in two fields of one word
	stp	x18, x18, [x15]
