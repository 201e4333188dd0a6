// reject: INS-3 @ 0x4
// why: the status register is the second datum: a CPU may do one of several things
	add	x1, x15, w0, uxtw
	.inst	0xc8230c22
