// reject: MEM-1 @ 0x8
// why: orn is no copy
	add	x1, x15, w0, uxtw
	orn	x2, xzr, x1
	ldr	x0, [x2]
