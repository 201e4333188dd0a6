// reject: MEM-1 @ 0xc
// why: pairs reach 512 down
	add	x1, x15, w0, uxtw
	sub	x1, x1, #0xff, lsl #12
	sub	x1, x1, #0xe00
	ldp	x0, x2, [x1, #-512]
