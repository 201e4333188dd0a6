// reject: LBL-3 @ 0x0
// why: no fact can be claimed about this register
// raw-label: at=0 registers=0x4000 class14=8
	nop
