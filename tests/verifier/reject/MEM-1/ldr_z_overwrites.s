// reject: MEM-1 @ 0x8
// why: form Z into a register with a fact
	add	x1, x15, w0, uxtw
	ldr	x1, [x15, w2, uxtw]
	str	x3, [x1]
