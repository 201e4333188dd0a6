// reject: MEM-1 @ 0x8
// why: casp writes two registers
	add	x2, x15, w0, uxtw
	casp	x2, x3, x4, x5, [x15]
	ldr	x0, [x2]
