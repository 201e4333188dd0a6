// reject: MTR-1 @ 0x4
// why: fuel from memory
// entry: f
// label: T
// flags: 1
f:
	bti	c
	ldr	x9, [x15, w0, uxtw]
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
