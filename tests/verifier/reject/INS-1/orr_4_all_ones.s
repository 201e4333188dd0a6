// reject: INS-1 @ 0x0
// why: elements of 4 bits, all ones: undefined
	.inst	0xb200ec00
