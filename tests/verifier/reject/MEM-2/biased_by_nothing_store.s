// reject: MEM-2 @ 0x4
// why: however near it is, without the flag
	add	x9, x15, #8
	str	x0, [x9, w1, uxtw]
