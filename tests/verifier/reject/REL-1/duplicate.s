// reject: REL-1 @ #1
// why: one place twice
// data: 64
// reloc: 16 16
	nop
