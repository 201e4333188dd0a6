// reject: REG-4 @ 0x0
// why: the zero register as destination of the guard is SP
	add	sp, x15, w1, uxtw
