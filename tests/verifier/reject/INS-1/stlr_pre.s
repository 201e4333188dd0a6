// reject: INS-1 @ 0x0
// why: an extension of the architecture that the table does not have
	stlr	x0, [x1, #-8]!
