// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	stlr	x19, [x13]
