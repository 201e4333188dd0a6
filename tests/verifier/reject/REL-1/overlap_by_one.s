// reject: REL-1 @ #1
// why: one byte in common
// data: 64
// reloc: 16 23
	nop
