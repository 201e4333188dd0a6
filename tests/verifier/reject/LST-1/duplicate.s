// reject: LST-1 @ #1
// why: x19 twice
// raw-list: 0 0x11
	nop
