// reject: REG-7 @ 0x0
// why: the biased base is written: write-back changes x15
// flags: 2
	ldp	x0, x1, [x9, #16]!
