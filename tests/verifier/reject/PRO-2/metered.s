// reject: PRO-2 @ #0
// why: a metered image
// flags: 1
	sub	x9, x9, #1
