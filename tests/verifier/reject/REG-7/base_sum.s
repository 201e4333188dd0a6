// reject: REG-7 @ 0x0
// why: the base and a whole register
// flags: 2
	add	x9, x15, x1
