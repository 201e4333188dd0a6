// reject: LBL-2 @ 0x4
// why: a label behind the code
// raw-label: at=4 class14=8
	nop
