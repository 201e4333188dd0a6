// reject: LBL-2 @ 0xfffffffc
// why: a label before the code
// raw-label: at=-4 class14=8
	nop
