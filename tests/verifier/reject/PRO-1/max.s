// reject: PRO-1 @ #0
// why: a profile that this verifier does not prove
// profile: 0xffffffff
	nop
