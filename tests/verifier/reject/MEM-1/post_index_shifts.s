// reject: MEM-1 @ 0x10
// why: after the step the base is 255 bytes farther
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xf80
	ldr	x0, [x1], #255
	ldr	x0, [x1]
