// reject: INS-1 @ 0x0
// why: bits 23 and 22 of an extended add must be clear
	.inst	0x8b624020
