// reject: LBL-4 @ 0x0
// why: the largest class is 17
// raw-label: at=0 class=18 class14=8
	nop
