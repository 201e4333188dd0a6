// reject: MEM-1 @ 0x0
// why: an access needs a fact here as everywhere
// profile: low
	ldr	x0, [x1]
