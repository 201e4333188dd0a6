// reject: LST-1 @ #1
// why: a zero between two registers
// raw-list: 0 0x201
	nop
