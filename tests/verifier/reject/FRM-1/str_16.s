// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	str	x30, [x13], #16
