// reject: PRO-3 @ #0
// why: a metered image
// flags: 3
	nop
