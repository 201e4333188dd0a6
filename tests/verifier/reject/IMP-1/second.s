// reject: IMP-1 @ #1
// why: no such gate
// raw-import: 1
// raw-import: 77
	nop
