// reject: MEM-1 @ 0x10
// why: hi is -512 after the load, not -1024: 1 MiB and 513 more is too far
	add	x1, x15, w0, uxtw
	ldrb	w0, [x1, #1024]
	add	x1, x1, #0x100, lsl #12
	add	x1, x1, #513
	ldrb	w0, [x1]
