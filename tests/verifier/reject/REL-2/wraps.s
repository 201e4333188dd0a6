// reject: REL-2 @ #0
// why: an offset whose end wraps 32 bits
// data: 64
// reloc: 0xfffffffc
	nop
