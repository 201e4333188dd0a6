// reject: MEM-2 @ 0x0
// why: a register offset of another form than [x15, wN, uxtw]
	ldr	x0, [x15, w1, sxtw]
