// reject: REG-7 @ 0x0
// why: the biased base is written: x15 read and written
// flags: 2
	sub	x9, x9, #8
