// reject: FRM-2 @ 0x0
// why: x19 is the caller's
// profile: low
	mov	w19, w0
