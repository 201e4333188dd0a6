// reject: MEM-1 @ 0x4
// why: a guard with a bit flipped: sub goes below the window
	sub	x1, x15, w0, uxtw
	ldr	x2, [x1]
