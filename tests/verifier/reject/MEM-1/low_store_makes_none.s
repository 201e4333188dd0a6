// reject: MEM-1 @ 0x4
// why: what a word reads as 32 bits keeps its upper half
// profile: low
	str	w1, [x15, w0, uxtw]
	ldr	x0, [x1]
