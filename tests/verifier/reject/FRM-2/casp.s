// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	casp	x20, x21, x0, x1, [x15]
