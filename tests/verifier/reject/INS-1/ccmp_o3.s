// reject: INS-1 @ 0x0
// why: bit 4 of ccmp is clear
	.inst	0xfa420010
