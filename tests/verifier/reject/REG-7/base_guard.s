// reject: REG-7 @ 0x0
// why: a guard makes any address of the window of it, and a half register more leads out
// flags: 2
	add	x9, x15, w1, uxtw
