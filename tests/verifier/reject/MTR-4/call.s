// reject: MTR-4 @ 0x14
// why: a branch to the call
// entry: f
// label: in [x30]
// label: g
// label: T
// flags: 1
f:
	bti	c
	str	x30, [x13], #8
	cbz	x0, in
	sub	x9, x9, #1
	tbnz	x9, #63, T
in:
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
