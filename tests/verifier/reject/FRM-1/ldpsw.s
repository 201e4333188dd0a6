// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	ldpsw	x19, x20, [x13, #-16]!
