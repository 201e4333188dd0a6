// reject: MEM-1 @ 0x8
// why: the register was written in another way since its guard
	add	x1, x15, w0, uxtw
	smaddl	x1, w1, w2, x3
	ldr	x0, [x1]
