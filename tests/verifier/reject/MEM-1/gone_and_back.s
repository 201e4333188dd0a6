// reject: MEM-1 @ 0xc
// why: beyond the reach the fact is gone, and coming back does not restore it
	add	x1, x15, w0, uxtw
	add	x1, x1, #0x101, lsl #12
	sub	x1, x1, #0x101, lsl #12
	ldr	x0, [x1]
