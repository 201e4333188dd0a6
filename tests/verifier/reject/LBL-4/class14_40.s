// reject: LBL-4 @ 0x0
// why: a shift that wraps
// raw-label: at=0 class=0 class14=40
	nop
