// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: sub with flags
	subs	x1, x15, w0, uxtw
	ldr	x2, [x1]
