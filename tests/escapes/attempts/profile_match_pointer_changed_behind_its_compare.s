// accept
// why: harmless: the compare was of another value, and the guard behind it holds all the same
// profile: match
// entry: f
// label: wild
f:	bti	c
	eor	x10, x0, x15
	lsr	x10, x10, #32
	cbnz	x10, wild
	mvn	x0, x0
	add	x0, x15, w0, uxtw
	stp	x1, x2, [x0]
	ret
wild:	ldur	xzr, [x15, #-8]
