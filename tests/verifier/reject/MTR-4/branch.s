// reject: MTR-4 @ 0x10
// why: a branch to the second word skips the charge
// entry: f
// label: in
// label: T
// flags: 1
f:
	bti	c
	cbz	x0, in
	sub	x9, x9, #1
in:
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
