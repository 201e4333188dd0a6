// reject: MTR-3 @ 0x38
// why: each function calls the next one twice: without a check at returns n functions run the last one 2^n times for 2n checks' words of code
// flags: 1
// entry: f
// label: g
// label: T
f:
	bti	c
	str	x30, [x13], #8
	sub	x9, x9, #1
	tbnz	x9, #63, T
	bl	g
	sub	x9, x9, #1
	tbnz	x9, #63, T
	bl	g
	ldr	x30, [x13, #-8]!
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
g:
	add	x0, x0, #1
	nop
	ret
T:
	ldur	xzr, [x15, #-8]
