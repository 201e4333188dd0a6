// reject: MEM-2 @ 0x4
// why: a register that is as near, but not the one that is kept so
// flags: 2
	add	x10, x15, #8
	ldr	x0, [x10, w1, uxtw]
