// reject: INS-1 @ 0x0
// why: all ones is unallocated
	.inst	0xffffffff
