// reject: PRO-3 @ #0
// why: a flag that this verifier does not know
// flags: 4
	nop
