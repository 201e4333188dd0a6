// reject: MTR-3 @ 0x8
// why: what looks like the branch of a check goes back
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x0, x0, #1
	tbnz	x9, #63, loop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
