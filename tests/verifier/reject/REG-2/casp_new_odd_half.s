// reject: REG-2 @ 0x0
// why: the second of the new values is x13: it would be stored
	casp	x0, x1, x12, x13, [x15]
