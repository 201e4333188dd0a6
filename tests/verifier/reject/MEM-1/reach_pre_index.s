// reject: MEM-1 @ 0xc
// why: the address of a pre-index is the stepped one
	add	x1, x15, w0, uxtw
	add	x1, x1, #0xff, lsl #12
	add	x1, x1, #0xff0
	ldr	x0, [x1, #255]!
