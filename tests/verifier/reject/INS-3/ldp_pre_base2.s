// reject: INS-3 @ 0x4
// why: write-back to the second destination: a CPU may do one of several things
	add	x1, x15, w0, uxtw
	.inst	0xa9c10423
