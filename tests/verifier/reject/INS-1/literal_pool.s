// reject: INS-1 @ 0x0
// why: data in text
	.quad	0x123456789abcdef0
