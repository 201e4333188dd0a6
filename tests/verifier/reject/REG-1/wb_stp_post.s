// reject: REG-1 @ 0x0
// why: write-back changes x15
	stp	x0, x1, [x15], #16
