// reject: MTR-1 @ 0x4
// why: a charge with a shift is none: so large a one would jump from far below zero, in time
// entry: f
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1, lsl #12
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
