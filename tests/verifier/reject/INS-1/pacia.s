// reject: INS-1 @ 0x0
// why: pointer authentication makes a signing oracle
	pacia	x0, x1
