// reject: MTR-3 @ 0x8
// why: a way back by cbnz
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x0, x0, #1
	cbnz	x0, loop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
