// reject: MTR-4 @ 0x10
// why: a branch to the return skips the check
// entry: f
// label: in
// label: T
// flags: 1
f:
	bti	c
	cbz	x0, in
	sub	x9, x9, #1
	tbnz	x9, #63, T
in:
	ret
T:
	ldur	xzr, [x15, #-8]
