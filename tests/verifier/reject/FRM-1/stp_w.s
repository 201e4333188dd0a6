// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	stp	w19, w20, [x13], #16
