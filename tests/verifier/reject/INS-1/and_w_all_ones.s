// reject: INS-1 @ 0x0
// why: the element is all ones: undefined
	.inst	0x12007c00
