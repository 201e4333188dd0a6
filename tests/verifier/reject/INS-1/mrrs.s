// reject: INS-1 @ 0x0
// why: 128-bit system registers
	.inst	0xd5702000
