// reject: REL-1 @ #1
// why: not ascending
// data: 64
// reloc: 16 8
	nop
