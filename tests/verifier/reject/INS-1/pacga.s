// reject: INS-1 @ 0x0
// why: pointer authentication makes a signing oracle
	pacga	x0, x1, x2
