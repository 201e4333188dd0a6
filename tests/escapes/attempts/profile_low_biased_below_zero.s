// accept
// why: harmless: the biased base is less than 4 KiB below 0, at the end of the address space, where nothing is mapped
// profile: low
// entry: f
// flags: 2
f:	bti	c
	sub	x9, x15, #4095
	ldr	x0, [x9, w0, uxtw]
	str	x0, [x9, w1, uxtw]
	ret
