// reject: REG-5 @ 0x4
// why: casp of x30 and the zero register reads the link first
	str	x30, [x13], #8
	.inst	0x483e7de0
