// reject: MEM-2 @ 0x0
// why: x15 has a fact, and x2 none
// profile: low
	ldr	x0, [x15, x2]
