// reject: INS-1 @ 0x0
// why: an extension of the architecture that the table does not have
	ld64b	x0, [x15]
