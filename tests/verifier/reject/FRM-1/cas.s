// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	cas	x0, x1, [x13]
