// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	ldadd	x0, x1, [x13]
