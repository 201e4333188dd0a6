// reject: MTR-3 @ 0x8
// why: recursion
// entry: f
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	bl	f
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
