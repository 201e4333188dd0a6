// reject: INS-3 @ 0x4
// why: both destinations are x3: a CPU may do one of several things
	add	x1, x15, w0, uxtw
	.inst	0xa8400c23
