// accept
// why: a check may stand where none is wanted
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, T
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
