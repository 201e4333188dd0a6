// reject: MEM-1 @ 0x10
// why: after the step the base is 504 bytes farther
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xe80
	stp	x2, x3, [x1], #504
	ldr	x0, [x1]
