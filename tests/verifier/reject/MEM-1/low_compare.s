// reject: MEM-1 @ 0x4
// why: cmp writes nothing but flags
// profile: low
	cmp	w1, #8
	ldr	x0, [x1]
