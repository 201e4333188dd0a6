// reject: MEM-1 @ 0x10
// why: 960 KiB outside, then again: beyond the reach, and the first load was too far to make a fact
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xf0, lsl #12
	ldr	x2, [x1]
	add	x1, x1, #0xf0, lsl #12
	ldr	x2, [x1]
