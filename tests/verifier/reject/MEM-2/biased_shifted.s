// reject: MEM-2 @ 0x0
// why: a shifted half reaches beyond the bands
// flags: 2
	ldr	x0, [x9, w1, uxtw #3]
