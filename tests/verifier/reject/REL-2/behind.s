// reject: REL-2 @ #0
// why: behind the data
// data: 64
// reloc: 64
	nop
