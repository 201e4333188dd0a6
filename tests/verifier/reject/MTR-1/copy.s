// reject: MTR-1 @ 0x4
// why: fuel from another register
// entry: f
// label: T
// flags: 1
f:
	bti	c
	mov	x9, x0
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
