// reject: REG-7 @ 0x0
// why: x9 is the biased base
// profile: low
// flags: 2
	ldr	w9, [x15, w0, uxtw]
