// reject: LST-1 @ #1
// why: no label names it, but it is checked all the same
// raw-list: 0 0x22
	nop
