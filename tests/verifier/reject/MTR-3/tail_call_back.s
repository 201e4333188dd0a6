// reject: MTR-3 @ 0x18
// why: a tail call back
// entry: f
// label: g
// label: T
// flags: 1
g:
	nop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
f:
	bti	c
	b	g
