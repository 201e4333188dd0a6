// reject: INS-1 @ 0x0
// why: elements of 16 bits, all ones: undefined
	.inst	0xd200bc00
