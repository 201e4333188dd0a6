// reject: MEM-2 @ 0x0
// why: a signed half reaches below the bands
// flags: 2
	ldr	x0, [x9, w1, sxtw]
