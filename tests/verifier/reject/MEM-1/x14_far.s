// reject: MEM-1 @ 0x8
// why: x14 by more than the reach
	sub	x14, x14, #0xff, lsl #12
	sub	x14, x14, #0xc00
	str	x0, [x14]
