// reject: REL-2 @ #0
// why: there is no data
// reloc: 0
	nop
