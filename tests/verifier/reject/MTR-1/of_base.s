// reject: MTR-1 @ 0x4
// why: an address is a lot of fuel
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x15, #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
