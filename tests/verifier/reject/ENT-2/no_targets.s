// reject: ENT-2 @ #0
// why: there is no declared target
// raw-entry: 1 0
	nop
