// reject: REG-1 @ 0x0
// why: x15 is the base, if 0
// profile: low
	mov	w15, wzr
