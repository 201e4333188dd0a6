// reject: INS-1 @ 0x0
// why: low bits of setf8 are 13
	.inst	0x3a00080c
