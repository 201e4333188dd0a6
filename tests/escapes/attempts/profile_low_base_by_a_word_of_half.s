// reject: REG-1 @ 0x4
// why: x15 is 0, and so would be wzr; but it is written
// profile: low
// entry: f
f:	bti	c
	mov	w15, wzr
	ret
