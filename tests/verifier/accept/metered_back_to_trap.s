// accept
// why: behind a trap word nothing runs: a way back to one needs no check, that of checks among them
// entry: f
// label: g
// label: T
// flags: 1
f:
	bti	c
	b	g
T:
	ldur	xzr, [x15, #-8]
g:
	cbz	x0, T
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
