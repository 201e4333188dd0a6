// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	stp	x19, x0, [x13], #16
