// reject: FRM-1 @ 0xc
// why: half of a saved register would leave the link of the caller half where it was
// profile: low
// entry: f
f:	bti	c
	stp	x19, x30, [x13], #16
	mov	w19, w0
	ldp	w19, w30, [x13, #-8]!
	ret
