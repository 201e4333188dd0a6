// reject: PRO-3 @ #0
// why: a metered image, and more
// flags: 5
	nop
