// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: sign-extended
	add	x1, x15, w0, sxtw
	ldr	x2, [x1]
