// reject: REG-7 @ 0x0
// why: near the stack pointer is not near the base
// flags: 2
	add	x9, x14, #8
