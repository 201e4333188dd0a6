// reject: INS-1 @ 0x0
// why: a 64-bit mask for a 32-bit register
	.inst	0x12400000
