// reject: REG-7 @ 0x0
// why: a copy of the base is another word
// flags: 2
	mov	x9, x15
