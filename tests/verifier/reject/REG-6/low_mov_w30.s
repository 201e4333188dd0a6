// reject: REG-6 @ 0x0
// why: x30 is the link
// profile: low
	mov	w30, w0
