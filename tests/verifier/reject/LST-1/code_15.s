// reject: LST-1 @ #2
// why: 15 is no register
// raw-list: 0 1 0xf
	nop
