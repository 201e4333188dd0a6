// reject: INS-1 @ 0x0
// why: crc32b takes a w register
	.inst	0x9ac24020
