// reject: MTR-1 @ 0x4
// why: fuel by the lower half
// entry: f
// label: T
// flags: 1
f:
	bti	c
	mov	w9, #-1
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
