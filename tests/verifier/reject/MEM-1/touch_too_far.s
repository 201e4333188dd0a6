// reject: MEM-1 @ 0x10
// why: an access makes a fact only within 4 KiB of the window
	add	x1, x15, w0, uxtw
	add	x1, x1, #1, lsl #12
	ldrb	w0, [x1]
	add	x1, x1, #0xff, lsl #12
	ldrb	w0, [x1]
