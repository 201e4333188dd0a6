// reject: LST-1 @ #1
// why: 13 is no register
// raw-list: 0 0xd
	nop
