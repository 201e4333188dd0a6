// reject: LST-1 @ #1
// why: a zero below a register
// raw-list: 0 0x10
	nop
