// accept
// why: the compare is ordinary code; the guard behind it makes the fact
// profile: match
// allowed: match
// entry: f
// label: wild
f:	bti	c
	eor	x10, x0, x15
	lsr	x10, x10, #32
	cbnz	x10, wild
	add	x0, x15, w0, uxtw
	ldp	x1, x2, [x0]
	ret
wild:	ldur	xzr, [x15, #-8]
