// reject: INS-1 @ 0x0
// why: casp of an odd register: undefined
	.inst	0x48217de2
