// reject: MTR-1 @ 0x4
// why: fuel by a condition
// entry: f
// label: T
// flags: 1
f:
	bti	c
	csel	x9, x9, x0, ne
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
