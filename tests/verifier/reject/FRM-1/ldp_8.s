// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	ldp	x19, x20, [x13, #-8]!
