// reject: MEM-1 @ 0x8
// why: 1 MiB below and 1 byte
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0x100, lsl #12
	ldrb	w0, [x1]
