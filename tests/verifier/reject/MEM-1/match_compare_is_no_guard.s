// reject: MEM-1 @ 0x10
// why: a compare makes no fact: the guard behind it does
// profile: match
// entry: f
// label: wild
f:	bti	c
	eor	x10, x0, x15
	lsr	x10, x10, #32
	cbnz	x10, wild
	str	x1, [x0]
	ret
wild:	ldur	xzr, [x15, #-8]
