// reject: LBL-5 @ 0x0
// why: there is one list
// raw-label: at=0 class14=8 list=1
	nop
