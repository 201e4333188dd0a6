// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	ldr	w19, [x13, #-8]!
