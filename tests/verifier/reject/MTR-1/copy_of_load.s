// reject: MTR-1 @ 0xc
// why: fuel by way of a loaded register
// entry: f
// label: T
// flags: 1
f:
	bti	c
	add	x1, x15, w1, uxtw
	ldr	x0, [x1], #8
	mov	x9, x0
	sub	x9, x9, #1
	tbnz	x9, #63, T
	ret
T:
	ldur	xzr, [x15, #-8]
