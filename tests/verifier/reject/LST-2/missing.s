// reject: LST-2 @ #0
// why: entry 0 is missing
// raw-list:
	nop
