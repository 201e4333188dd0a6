// reject: REG-7 @ 0x0
// why: 4 KiB and more from the base
// flags: 2
	sub	x9, x15, #1, lsl #12
