// reject: MEM-2 @ 0x0
// why: x9 is a register like others without the flag
	ldr	x0, [x9, w1, uxtw]
