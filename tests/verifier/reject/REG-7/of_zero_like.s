// reject: REG-7 @ 0x0
// why: 31 is no base
// flags: 2
	add	x9, x14, #0
