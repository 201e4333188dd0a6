// reject: LBL-2 @ 0x2
// why: a label inside a word
// raw-label: at=2 class14=8
	nop
