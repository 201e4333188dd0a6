// reject: LBL-3 @ 0x0
// why: no fact can be claimed about x15
// raw-label: at=0 registers=0x8003 class14=8
	nop
