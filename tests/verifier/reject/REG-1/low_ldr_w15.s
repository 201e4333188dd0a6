// reject: REG-1 @ 0x0
// why: x15 is the base
// profile: low
	ldr	w15, [x15, w0, uxtw]
