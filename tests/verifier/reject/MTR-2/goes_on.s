// reject: MTR-2 @ 0x4
// why: where the branch goes is no trap word
// entry: f
// label: on
// label: T
// flags: 1
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, on
on:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
