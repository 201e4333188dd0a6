// reject: PRO-2 @ #0
// why: a metered image
// flags: 3
	nop
