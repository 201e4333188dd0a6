// reject: REG-1 @ 0x0
// why: x15 read and written
	sub	x15, x15, #8
