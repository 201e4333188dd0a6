// reject: MEM-1 @ 0x408
// why: a bound in 32 bits would have wrapped to 0
	add	x1, x15, w0, uxtw
	.rept	256
	add	x1, x1, #0xfff, lsl #12
	.endr
	add	x1, x1, #0x100, lsl #12
	ldr	x0, [x1]
