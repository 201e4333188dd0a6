// reject: IMP-1 @ #0
// why: no such gate
// raw-import: 0
	nop
