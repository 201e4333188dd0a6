// reject: MTR-4 @ 0xc
// why: the loop goes back to behind its own check, which is passed once
// flags: 1
// entry: f
// label: again
// label: T
f:
	bti	c
	sub	x9, x9, #1
	tbnz	x9, #63, T
again:
	cbnz	x0, again
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
