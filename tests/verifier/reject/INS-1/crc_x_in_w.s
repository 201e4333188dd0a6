// reject: INS-1 @ 0x0
// why: crc32x takes an x register
	.inst	0x1ac24c20
