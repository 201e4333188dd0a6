// reject: REG-7 @ 0x4
// why: the biased base is written: x15 is written, by a load, a status or an old value
// flags: 2
	add	x1, x9, w0, uxtw
	cas	x9, x0, [x1]
