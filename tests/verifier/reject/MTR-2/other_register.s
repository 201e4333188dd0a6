// reject: MTR-2 @ 0x4
// why: another register
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x8, #63, T
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
