// reject: MTR-1 @ 0x8
// why: fuel as second destination
// entry: f
// label: T
// flags: 1
f:
	bti	c
	add	x1, x15, w1, uxtw
	ldp	x0, x9, [x1]
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
