// reject: MEM-2 @ 0x0
// why: x9 is fuel
// flags: 1
	ldr	x0, [x9, w1, uxtw]
