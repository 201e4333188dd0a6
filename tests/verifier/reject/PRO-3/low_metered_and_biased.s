// reject: PRO-3 @ #0
// why: x9 is fuel or a base
// profile: low
// flags: 3
	nop
