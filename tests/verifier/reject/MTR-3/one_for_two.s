// reject: MTR-3 @ 0x10
// why: one check for two branches
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	cbnz	x0, loop
	cbnz	x1, loop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
