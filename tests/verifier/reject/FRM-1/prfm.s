// reject: FRM-1 @ 0x0
// why: x13 is moved by exactly four words
	prfm	pldl1keep, [x13]
