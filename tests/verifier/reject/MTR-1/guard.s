// reject: MTR-1 @ 0x4
// why: x9 as a pointer
// entry: f
// label: T
// flags: 1
f:
	bti	c
	add	x9, x15, w9, uxtw
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
