// reject: REG-7 @ 0x0
// why: the form that sets flags is not the one that is named
// flags: 2
	adds	x9, x15, #8
