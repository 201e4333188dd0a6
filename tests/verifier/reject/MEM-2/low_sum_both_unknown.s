// reject: MEM-2 @ 0x0
// why: nothing is known of either
// profile: low
	ldr	x0, [x1, x2]
