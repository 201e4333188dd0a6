// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	ldr	x19, [x15]
