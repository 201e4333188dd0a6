// reject: MTR-2 @ 0x4
// why: two charges, and one branch
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
