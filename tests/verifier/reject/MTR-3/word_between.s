// reject: MTR-3 @ 0x10
// why: a word stands between the check and the branch
// entry: f
// label: loop
// label: T
// flags: 1
f:
	bti	c
loop:
	sub	x9, x9, #1
	tbnz	x9, #63, T
	nop
	cbnz	x0, loop
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
