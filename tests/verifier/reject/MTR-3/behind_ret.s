// reject: MTR-3 @ 0x10
// why: a second return behind the first
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
	ret
T:
	ldur	xzr, [x15, #-8]
