// reject: LST-2 @ #0
// why: entry 0 is the empty list
// raw-list: 1 0
	nop
