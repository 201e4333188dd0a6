// reject: MEM-1 @ 0x10
// why: an access at an offset above 1 KiB makes no fact: in the shadow of a branch a ladder of them outruns the band
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0xfff
	ldrb	w0, [x1, #1025]
	sub	x1, x1, #0xff, lsl #12
	ldr	x0, [x1]
