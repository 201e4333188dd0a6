// reject: LBL-2 @ 0x1
// why: a label inside a word
// raw-label: at=1 class14=8
	nop
	nop
