// reject: REL-2 @ #0
// why: the last bytes are behind the data
// data: 64
// reloc: 57
	nop
