// reject: REG-7 @ 0x4
// why: step by step it gets far
// flags: 2
	add	x9, x15, #4095
	add	x9, x9, #4095
