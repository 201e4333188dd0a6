// reject: INS-1 @ 0x0
// why: casp with an odd second register: undefined
	.inst	0x48207de3
