// accept
// why: as much code as a metered image may have
// flags: 1
	.rept	16384
	nop
	.endr
