// reject: MTR-4 @ 0xc
// why: a branch to itself, its check before it
// entry: f
// label: in
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, T
in:
	cbnz	x0, in
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
