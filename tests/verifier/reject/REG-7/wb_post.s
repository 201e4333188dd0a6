// reject: REG-7 @ 0x0
// why: the biased base is written: write-back changes x15
// flags: 2
	str	x0, [x9], #8
