// reject: INS-3 @ 0x4
// why: both destinations are xzr: a CPU may do one of several things
	add	x1, x15, w0, uxtw
	.inst	0xa9407c3f
