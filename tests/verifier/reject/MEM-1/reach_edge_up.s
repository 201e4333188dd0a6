// reject: MEM-1 @ 0x8
// why: 1 MiB outside and 1 byte more
	add	x1, x15, w0, uxtw
	add	x1, x1, #0x100, lsl #12
	ldrb	w0, [x1]
