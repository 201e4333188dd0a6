// reject: MEM-1 @ 0x8
// why: straight-line speculation runs behind ret
	add	x1, x15, w0, uxtw
	ret
	ldr	x0, [x1]
