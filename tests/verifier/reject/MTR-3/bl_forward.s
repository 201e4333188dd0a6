// reject: MTR-3 @ 0x8
// why: a call forward
// entry: f
// label: g
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	bl	g
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
g:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
