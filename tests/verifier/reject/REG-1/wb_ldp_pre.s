// reject: REG-1 @ 0x0
// why: write-back changes x15
	ldp	x0, x1, [x15, #16]!
