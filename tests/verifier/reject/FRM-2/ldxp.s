// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	ldxp	x0, x25, [x15]
