// reject: LST-1 @ #1
// why: 13 entries of 12 registers
// raw-list: 0 0x1cba987654321
	nop
