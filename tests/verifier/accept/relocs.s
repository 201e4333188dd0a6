// accept
// why: relocations side by side, the last at the end of the data
// data: 64
// reloc: 0 8 17 56
	nop
	ret
