// reject: REL-1 @ #1
// why: 4 bytes in common
// data: 64
// reloc: 16 20
	nop
