// reject: INS-1 @ 0x0
// why: Ra of umulh must be ones
	.inst	0x9bc23c20
