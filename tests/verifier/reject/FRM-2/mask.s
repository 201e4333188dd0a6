// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	and	w19, w0, #8
