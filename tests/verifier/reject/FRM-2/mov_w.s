// reject: FRM-2 @ 0x0
// why: the caller's value is lost, and its facts with it
	mov	w19, w0
