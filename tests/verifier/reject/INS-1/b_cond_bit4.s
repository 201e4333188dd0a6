// reject: INS-1 @ 0x0
// why: bit 4 of b.cond is clear
	.inst	0x54000010
