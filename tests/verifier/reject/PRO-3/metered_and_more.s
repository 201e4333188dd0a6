// reject: PRO-3 @ #0
// why: x9 cannot be fuel and the biased base
// flags: 3
	nop
