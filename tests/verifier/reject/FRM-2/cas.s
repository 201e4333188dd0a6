// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	cas	x19, x0, [x15]
