// reject: MEM-2 @ 0x0
// why: a whole register reaches everything
// flags: 2
	ldr	x0, [x9, x1]
