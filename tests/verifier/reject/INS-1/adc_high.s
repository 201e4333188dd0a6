// reject: INS-1 @ 0x0
// why: bits 15 to 10 of adc are clear
	.inst	0x9a020420
