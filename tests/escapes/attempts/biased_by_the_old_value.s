// reject: REG-7 @ 0x8
// why: an atomic gives back what it found, into the base
// entry: f
// flags: 2
f:
	bti	c
	add	x1, x15, w0, uxtw
	swp	x2, x9, [x1]
	ldr	x0, [x9, w3, uxtw]
	ret
