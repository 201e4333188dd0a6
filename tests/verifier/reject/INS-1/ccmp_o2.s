// reject: INS-1 @ 0x0
// why: bit 10 of ccmp is clear
	.inst	0xfa420400
