// reject: MEM-1 @ 0x8
// why: the second destination is the base
	add	x1, x15, w0, uxtw
	ldp	x2, x1, [x1]
	ldr	x3, [x1]
