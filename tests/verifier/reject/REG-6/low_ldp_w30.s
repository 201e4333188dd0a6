// reject: REG-6 @ 0x4
// why: x30 is the link
// profile: low
	mov	w1, w1
	ldp	w0, w30, [x1]
