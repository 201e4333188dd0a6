// reject: MTR-2 @ 0x4
// why: the branch is taken as long as there is fuel, and not when it ends
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbz	x9, #63, T
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
