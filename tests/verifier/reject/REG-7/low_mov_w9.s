// reject: REG-7 @ 0x0
// why: x9 is the biased base
// profile: low
// flags: 2
	mov	w9, w0
