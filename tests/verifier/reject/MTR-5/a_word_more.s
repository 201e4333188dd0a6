// reject: MTR-5 @ #0
// why: a word more than 64 KiB
// flags: 1
	.rept	16385
	nop
	.endr
